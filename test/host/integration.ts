// Runs the suite of test/integration inside a real extension host and reports as a test runner does.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { chooseHost } from './chooseHost.ts';
import type { EditorHost } from './editorHost.ts';
import { describeEnd, findFault } from './integrationReport.ts';
import { projectFolder } from './paths.ts';

const extension = path.resolve(process.argv[2] ?? projectFolder);
const entry = path.join(extension, 'dist', 'test', 'integration', 'index.cjs');
if (!existsSync(entry)) {
  console.error(`Build first (npm run build): there is no ${entry}.`);
  process.exit(1);
}

let host: EditorHost | undefined;
try {
  host = chooseHost();
  console.log(`Integration tests in ${host.name}\n`);
  const result = await host.runIntegration({ extension, entry });
  const fault = findFault(result);
  if (fault !== undefined) {
    process.exitCode = 1;
    console.error(`\n${fault}`);
  }
  console.log(describeEnd(result).join('\n'));
} catch (error) {
  process.exitCode = 1;
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  console.log('0 passed, 1 failed');
} finally {
  await host?.dispose();
}
