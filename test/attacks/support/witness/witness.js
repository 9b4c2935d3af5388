const { appendFileSync } = require('node:fs');
const { Socket } = require('node:net');

const vscode = require('vscode');

const file = process.env.MANAGED_AGENTS_WITNESS;

/**
 * All extensions share one process, and every TCP connection of it, whoever opens it and with whatever library,
 * goes through this one method.
 */
exports.activate = function activate(context) {
  note({ process: process.pid });
  const { connect } = Socket.prototype;
  Socket.prototype.connect = function (...args) {
    const target = targetOf(args);
    if (target !== undefined) {
      note({ target });
    }
    return connect.apply(this, args);
  };
  const inherited = () => [Object.prototype, Array.prototype, Function.prototype].flatMap(Object.keys);
  context.subscriptions.push(
    vscode.commands.registerCommand('managedAgentsWitness.inherited', inherited),
    vscode.commands.registerCommand('managedAgentsWitness.closeAllBut', closeAllBut),
  );
};

/** Closes the tabs of all columns but one. The editor's own commands close what has the focus at that moment. */
async function closeAllBut(column) {
  const { tabGroups } = vscode.window;
  await tabGroups.close(
    tabGroups.all.filter((group) => group.viewColumn !== column).flatMap(({ tabs }) => tabs),
  );
}

/** `host:port`, or undefined for a pipe. Within Node the arguments come as one array. */
function targetOf(args) {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  if (typeof first === 'object' && first !== null) {
    return first.path ? undefined : `${first.host ?? 'localhost'}:${first.port}`;
  }
  const isPort = typeof first === 'number' || /^\d+$/.test(String(first));
  return isPort ? `${typeof second === 'string' ? second : 'localhost'}:${first}` : undefined;
}

function note(what) {
  appendFileSync(file, `${JSON.stringify(what)}\n`);
}
