import { Socket } from 'node:net';

/**
 * The launcher holds the far end of a pipe. When it is killed outright the pipe ends, and this process, which nobody
 * could stop by the launcher's id any more, ends the same way.
 */
export function followLauncher(env: NodeJS.ProcessEnv): void {
  const descriptor = Number(env.LOADSTONE_LIFELINE);
  delete env.LOADSTONE_LIFELINE;
  if (!Number.isInteger(descriptor) || descriptor < 3) return;
  const pipe = new Socket({ fd: descriptor, readable: true, writable: false });
  const die = () => process.kill(process.pid, 'SIGKILL');
  pipe.on('end', die).on('error', die);
  pipe.resume();
  pipe.unref();
}
