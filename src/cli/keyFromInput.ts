import type { Readable } from 'node:stream';

/** More than any key has; what comes beyond it is not read. */
const MOST_BYTES = 16_384;

/**
 * The command line with the key put in that `--api-key -` asks to be read from standard input: a key in an
 * argument can be read by every process of the machine. Only the first line counts.
 */
export async function withKeyFromInput(argv: readonly string[], input: Readable): Promise<readonly string[]> {
  const at = argv.findIndex((word, index) => word === '-' && argv[index - 1] === '--api-key');
  const joined = argv.indexOf('--api-key=-');
  if (at === -1 && joined === -1) {
    return argv;
  }
  const key = await firstLine(input);
  return argv.map((word, index) => (index === at ? key : index === joined ? `--api-key=${key}` : word));
}

async function firstLine(input: Readable): Promise<string> {
  let text = '';
  for await (const part of input) {
    text += String(part);
    if (text.includes('\n') || text.length > MOST_BYTES) {
      break;
    }
  }
  return (text.split('\n')[0] ?? '').trim();
}
