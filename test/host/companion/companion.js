const { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const vscode = require('vscode');

const LOOK_EVERY_MS = 50;

/** Runs the commands the launcher asked for at the start, then does what it asks for through files. */
exports.activate = async function activate(context) {
  const requests = process.env.MANAGED_AGENTS_COMPANION_REQUESTS;
  if (requests !== undefined) {
    const timer = setInterval(() => answerAll(requests), LOOK_EVERY_MS);
    context.subscriptions.push({ dispose: () => clearInterval(timer) });
  }
  for (const [command, ...args] of JSON.parse(process.env.MANAGED_AGENTS_COMPANION_COMMANDS ?? '[]')) {
    try {
      await vscode.commands.executeCommand(command, ...args);
    } catch (error) {
      console.warn(`companion: ${command} failed: ${String(error)}`);
    }
  }
};

function answerAll(folder) {
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.request'))) {
    const file = path.join(folder, name);
    const request = JSON.parse(readFileSync(file, 'utf8'));
    rmSync(file);
    void answer(path.join(folder, name.replace(/request$/, 'answer')), request);
  }
}

async function answer(file, request) {
  let outcome;
  try {
    outcome = { value: await perform(request) };
  } catch (error) {
    outcome = { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  writeFileSync(`${file}.unfinished`, JSON.stringify(outcome));
  renameSync(`${file}.unfinished`, file);
}

async function perform({ settings, command, args }) {
  for (const [name, value] of Object.entries(settings ?? {})) {
    await vscode.workspace.getConfiguration().update(name, value, vscode.ConfigurationTarget.Global);
  }
  return command === undefined ? undefined : await vscode.commands.executeCommand(command, ...args);
}
