// `npm start`: a real VS Code with the extension in it, the local sandbox running and four sessions to look at.
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { chooseHost } from '../test/host/chooseHost.ts';
import { commandsAtStart, companion } from '../test/host/companion.ts';
import { hasDisplay } from '../test/host/display.ts';
import { projectFolder } from '../test/host/paths.ts';

const usage = `Opens a real VS Code with the extension, the local sandbox and four sessions.

  npm start -- [options]

  --no-open     only print the address, open no browser
  --port <n>    serve on this port of 127.0.0.1 instead of a free one
  --help        this text

Environment: VSCODE_TEST_HOST=desktop|server, VSCODE_TEST_VERSION, VSCODE_EXECUTABLE (see CONTRIBUTING.md).`;

function readOptions() {
  const { values } = parseArgs({
    options: {
      'no-open': { type: 'boolean', default: false },
      port: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536)) {
    throw new Error(`--port wants a number from 1 to 65535, not "${String(values.port)}".`);
  }
  return { opens: !values['no-open'], port, help: values.help };
}

/** Opens the person's own browser. Resolves with whether there was one to ask. */
async function openBrowser(url: string): Promise<boolean> {
  const openers: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
    darwin: ['open', url],
    win32: ['rundll32', 'url.dll,FileProtocolHandler', url],
    linux: ['xdg-open', url],
  };
  const [command, ...args] = openers[process.platform] ?? ['xdg-open', url];
  return await new Promise((resolve) => {
    const opener = spawn(command, args, { stdio: 'ignore', detached: true });
    opener.once('error', () => resolve(false));
    opener.once('spawn', () => resolve(true));
    opener.unref();
  });
}

async function main(): Promise<number> {
  const { opens, port, help } = readOptions();
  if (help) {
    console.log(usage);
    return 0;
  }
  const interrupted = new Promise<undefined>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => resolve(undefined));
    }
  });
  const host = chooseHost();
  try {
    const starting = host.openForPerson({
      extensions: [{ kind: 'folder', path: projectFolder }, companion],
      env: commandsAtStart([
        ['managedAgents.sandbox.start', { seedSessions: 4 }],
        ['managedAgents.explorer.focus'],
      ]),
      ...(port === undefined ? {} : { port }),
    });
    const editor = await Promise.race([starting, interrupted]);
    if (editor === undefined) {
      return 130;
    }
    const { url } = editor;
    console.log(`\n${host.name} is running, with the extension and its local sandbox.\n`);
    if (url !== undefined) {
      const opened = opens && hasDisplay() && (await openBrowser(url));
      console.log(`  ${url}\n`);
      console.log(
        opened
          ? 'Your browser should show it now. If not, open the address above.'
          : 'Open the address above in a browser on this machine (or forward the port to yours).',
      );
    }
    console.log('Press Ctrl+C to end it.');
    const ending = await Promise.race([editor.ended, interrupted]);
    if (ending !== undefined) {
      console.error(`The editor ${ending}.`);
      return url === undefined ? 0 : 1;
    }
    console.log('\nEnding…');
    return 0;
  } finally {
    await host.dispose();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
