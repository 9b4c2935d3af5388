import { parentPort, workerData } from 'node:worker_threads';
import { Redactor } from '../../../../src/api/http/redact.ts';

/** Redacts long texts made to mislead, and says how many. Apart, so that a test can end it. */
const keys = workerData as readonly string[];
const redactor = new Redactor();
for (const key of keys) {
  redactor.learn(key);
}

const words = ['bearer ', 'bearer', 'api_key', 'api_key \t', 'x-api-key:', 'authorization: ', 'sk-'];
const pieces = [
  ...words,
  'a',
  ' ',
  '_',
  '"',
  '\\',
  ...keys.slice(0, 1),
  ...keys.slice(0, 1).map((key) => key.slice(0, 15)),
];
let done = 0;
for (const piece of pieces) {
  const text = piece.repeat(Math.ceil(500_000 / piece.length));
  for (const beginning of ['', 'bearer', 'api_key']) {
    redactor.redact(`${beginning}${text}`);
    done++;
  }
}
parentPort?.postMessage(done);
