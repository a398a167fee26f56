import { HttpFailure, systemCode } from '../http-failure.ts';

const AGAIN = 'Drop the folder again.';

export function unknownInbox(): HttpFailure {
  return new HttpFailure(404, {
    code: 'UPLOAD_FAILED',
    message: 'This upload is not known here: it was given up, or the host was started anew.',
    remedy: AGAIN,
  });
}

export function alreadyFinished(): HttpFailure {
  return new HttpFailure(409, {
    code: 'UPLOAD_FAILED',
    message: 'This upload is finished; no more files can be added.',
    remedy: AGAIN,
  });
}

export function stillReceiving(files: number): HttpFailure {
  return new HttpFailure(409, {
    code: 'UPLOAD_FAILED',
    message: `${files} files of this upload are still on their way.`,
    remedy: 'Wait for them, then finish.',
    retryable: true,
  });
}

export function stillLoading(): HttpFailure {
  return new HttpFailure(409, {
    code: 'UPLOAD_FAILED',
    message: 'A job still needs the files of this upload.',
    remedy: 'Cancel and discard the job first.',
  });
}

export function tooManyFiles(most: number): HttpFailure {
  return new HttpFailure(413, {
    code: 'UPLOAD_FAILED',
    message: `An upload takes ${most} files; these are more.`,
    remedy: 'Copy the folder to this machine and choose it from the list of folders.',
  });
}

export function lengthMissing(): HttpFailure {
  return new HttpFailure(411, {
    code: 'UPLOAD_FAILED',
    message: 'The size of the file is not told.',
    remedy: 'Send it with a Content-Length header.',
  });
}

export function cutShort(path: string, arrived: number, expected: number): HttpFailure {
  return new HttpFailure(400, {
    code: 'UPLOAD_FAILED',
    message: `${JSON.stringify(path)} did not arrive whole: ${arrived} of ${expected} bytes.`,
    remedy: 'Send it again; nothing of it was kept.',
    retryable: true,
  });
}

export function doesNotAddUp(arrived: Amount, expected: Amount): HttpFailure {
  return new HttpFailure(409, {
    code: 'UPLOAD_FAILED',
    message: `${arrived.files} files with ${arrived.bytes} bytes have arrived; ${expected.files} with ${expected.bytes} were sent.`,
    remedy: `${AGAIN} If it happens again, two of its paths differ only in how this machine cannot tell names apart.`,
    retryable: true,
  });
}

interface Amount {
  readonly files: number;
  readonly bytes: number;
}

export function diskFull(needed: number, free: number): HttpFailure {
  const left = Math.max(0, Math.floor(free));
  return new HttpFailure(507, {
    code: 'DISK_FULL',
    message: `The files need ${needed} bytes; ${left} can be used on the disk that holds Loadstone's folder.`,
    remedy: 'Free space there, or choose the folder from the list of folders: then nothing is copied.',
  });
}

/** What the file system said about storing a file, as an answer. */
export function storeFailure(path: string, thrown: unknown): unknown {
  if (thrown instanceof HttpFailure) return thrown;
  switch (systemCode(thrown)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new HttpFailure(507, {
        code: 'DISK_FULL',
        message: `The disk that holds Loadstone's folder is full: ${JSON.stringify(path)} was not stored.`,
        remedy: 'Free space there, or choose the folder from the list of folders: then nothing is copied.',
        cause: thrown,
      });
    case 'ENAMETOOLONG':
    case 'ENOTDIR':
    case 'EISDIR':
    case 'EEXIST':
    case 'EINVAL':
    case 'EILSEQ':
      return new HttpFailure(400, {
        code: 'UPLOAD_FAILED',
        message: `${JSON.stringify(path)} cannot be stored under this name (${systemCode(thrown)}).`,
        remedy: 'Rename it, or choose the folder from the list of folders.',
        cause: thrown,
      });
    default:
      return thrown;
  }
}
