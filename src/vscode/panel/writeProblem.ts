import * as vscode from 'vscode';
import type { L10n } from '../../l10n.ts';

/** Why a file could not be written, in words for a person; the system's own where we have none. */
export function writeProblem(error: unknown, l10n: L10n): string {
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return l10n.t('There is no room left on the disk. Make room, or choose another place.');
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'NoPermissions':
      return l10n.t('The folder cannot be written to. Choose another one.');
    case 'ENOENT':
    case 'ENOTDIR':
    case 'FileNotFound':
      return l10n.t('The folder is not there any more. Choose another one.');
    case 'EISDIR':
    case 'FileIsADirectory':
      return l10n.t('There is a folder of that name. Choose another name.');
    case 'ENAMETOOLONG':
      return l10n.t('The name is too long. Choose a shorter one.');
    default:
      return error instanceof Error ? error.message.slice(0, 300) : '';
  }
}

function codeOf(error: unknown): string | undefined {
  if (error instanceof vscode.FileSystemError) {
    return error.code;
  }
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
