import { lstat, realpath } from 'node:fs/promises';
import path from 'node:path';

/** Why a path of an agent leads to no file of the workspace. */
export type PathProblem =
  | 'notAPath' // empty, too long, or with characters that no path has
  | 'outside' // absolute, on another machine or drive, or upwards
  | 'link' // it is inside by its name, and a link leads out, or nobody knows where
  | 'git' // Git's own data: hooks and settings in there are run
  | 'missing';

export interface PlacedFile {
  readonly file: string;
  /** Whether the editor or another tool acts upon what stands in it, so that a change is more than a change of text. */
  readonly isActedOn: boolean;
}

export type PlacedPath = PlacedFile | { readonly problem: PathProblem };

const MAX_PATH = 4_096;
/** Where agents work on their own machines; what is below it may be the same project. */
const AGENT_ROOT = '/workspace/';

/**
 * Finds the file that an agent's path means in a folder on this disk: what is written decides first, and then what
 * the disk says, links followed. An absolute path counts where it is in the folder, or below the agent's own
 * working folder.
 * @param mayBeNew whether a file that does not exist yet is welcome; then its nearest folder is looked at.
 */
export async function placeInFolder(text: string, folder: string, mayBeNew = false): Promise<PlacedPath> {
  const below = partBelow(text, folder);
  if (typeof below !== 'string') {
    return below;
  }
  const file = path.join(folder, below);
  if (!isInside(folder, file)) {
    return { problem: 'outside' };
  }
  const root = await realpath(folder).catch(() => undefined);
  const real = await realOf(file, folder, mayBeNew);
  if (root === undefined || real === undefined) {
    return { problem: mayBeNew && root !== undefined ? 'link' : 'missing' };
  }
  if (!isInside(root, real) && real !== root) {
    return { problem: 'link' };
  }
  const ways = [below, path.relative(root, real)];
  return ways.some(isOfGit) ? { problem: 'git' } : { file, isActedOn: ways.some(isActedOn) };
}

/** The part of a path below the folder, or why there is none. */
function partBelow(text: string, folder: string): string | { readonly problem: PathProblem } {
  if (text.trim() === '' || text.length > MAX_PATH || /[\u0000-\u001f\u007f]/.test(text)) {
    return { problem: 'notAPath' };
  }
  const isElsewhere = /^(?:[\\/]{2}|~)/.test(text) || text.split(/[\\/]/).includes('..');
  const hasScheme = /^[A-Za-z][A-Za-z0-9+.-]+:/.test(text);
  if (isElsewhere || hasScheme) {
    return { problem: 'outside' };
  }
  if (path.isAbsolute(text) && isInside(folder, path.normalize(text))) {
    return path.relative(folder, path.normalize(text));
  }
  if (text.startsWith(AGENT_ROOT) && text.length > AGENT_ROOT.length) {
    return text.slice(AGENT_ROOT.length);
  }
  return path.isAbsolute(text) || /^(?:[A-Za-z]:|[\\/])/.test(text) ? { problem: 'outside' } : text;
}

/** Whether a path below a folder is Git's, in any case and in the ways in which Windows writes that name too. */
function isOfGit(below: string): boolean {
  return below.split(/[\\/]/).some((part) => /^(?:\.git|git~\d+)(?:[. ]|:.*)*$/i.test(part));
}

/** Tasks, launches, hooks, environments and settings: they are kept in dot files and folders, and in workspace files. */
function isActedOn(below: string): boolean {
  return /(?:^|[\\/])\.[^.\\/]|\.code-workspace[. ]*$/i.test(below);
}

/**
 * Where the file really is; for one to come, where the nearest folder of it is that exists. Undefined where that
 * cannot be told: of a link that leads to nothing yet.
 */
async function realOf(file: string, folder: string, mayBeNew: boolean): Promise<string | undefined> {
  for (let at = file; ; at = path.dirname(at)) {
    const real = await realpath(at).catch(() => undefined);
    const isEnd = !mayBeNew || at === folder || path.dirname(at) === at;
    if (real !== undefined || isEnd || (await isThere(at))) {
      return real;
    }
  }
}

async function isThere(place: string): Promise<boolean> {
  return await lstat(place).then(
    () => true,
    () => false,
  );
}

function isInside(folder: string, file: string): boolean {
  const way = path.relative(folder, file);
  return way !== '' && way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}
