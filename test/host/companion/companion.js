const vscode = require('vscode');

/** Runs the commands that the launcher asked for, one after the other. One that fails does not stop the next. */
exports.activate = async function activate() {
  const commands = JSON.parse(process.env.MANAGED_AGENTS_COMPANION_COMMANDS ?? '[]');
  for (const [command, ...args] of commands) {
    try {
      await vscode.commands.executeCommand(command, ...args);
      console.log(`companion: ${command} done`);
    } catch (error) {
      console.warn(`companion: ${command} failed: ${String(error)}`);
    }
  }
};
