import path from 'node:path';
import type { ExtensionSource } from './editorHost.ts';

/**
 * An extension together with the companion that, once the editor is up, starts the local sandbox with some
 * sessions and shows the extension's side bar. The companion is never part of what ships.
 */
export function withCompanion(extension: ExtensionSource, seedSessions: number) {
  const commands = [['managedAgents.sandbox.start', { seedSessions }], ['managedAgents.explorer.focus']];
  const companion: ExtensionSource = { kind: 'folder', path: path.join(import.meta.dirname, 'companion') };
  return {
    extensions: [extension, companion],
    env: { MANAGED_AGENTS_COMPANION_COMMANDS: JSON.stringify(commands) },
  };
}
