import { statfsSync } from 'node:fs';
import { clusterName } from './postmaster.ts';

/** Docker gives 64 MB; parallel queries take segments of work_mem × workers. */
const ENOUGH_SHARED_MEMORY_BYTES = 256 * 1024 * 1024;

/**
 * Settings for a server that one user loads into. fsync and synchronous_commit stay on. The log holds starts, stops and
 * crashes only: failed statements are ours to report, and would put people's data into it.
 */
export function serverSettings(data: string): Readonly<Record<string, string>> {
  return {
    max_connections: '100',
    shared_buffers: '256MB',
    work_mem: '32MB',
    maintenance_work_mem: '256MB',
    huge_pages: 'off',
    dynamic_shared_memory_type: sharedMemoryType(),
    // No replicas: rows copied into a table made in the same transaction need no WAL.
    wal_level: 'minimal',
    max_wal_senders: '0',
    wal_buffers: '16MB',
    max_wal_size: '4GB',
    checkpoint_timeout: '15min',
    random_page_cost: '1.1',
    // Plans over staging tables are costly enough to start the JIT, and run too short to gain by it.
    jit: 'off',
    log_min_messages: 'log',
    log_checkpoints: 'off',
    cluster_name: clusterName(data),
  };
}

function sharedMemoryType(): string {
  if (process.platform === 'win32') return 'windows';
  if (process.platform !== 'linux') return 'posix';
  try {
    const { blocks, bsize } = statfsSync('/dev/shm');
    return blocks * bsize >= ENOUGH_SHARED_MEMORY_BYTES ? 'posix' : 'sysv';
  } catch {
    return 'sysv';
  }
}
