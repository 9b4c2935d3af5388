import type { Editor } from './editor.ts';
import { answerDialog, notification } from './messages.ts';
import { enterText, pick, quickInput, runCommand } from './quickInput.ts';

/** A connection of the user's own, as the settings have it. */
export interface OwnConnection {
  readonly name: string;
  readonly baseUrl: string;
}

/** Writes connections to the user's settings and chooses the first, as a person does in the list of them. */
export async function useConnection(editor: Editor, ...connections: readonly OwnConnection[]): Promise<void> {
  await editor.changeSettings({ 'managedAgents.connections': connections });
  const [first] = connections;
  if (first !== undefined) {
    await chooseConnection(editor, first.name);
  }
}

export async function chooseConnection(editor: Editor, name: string): Promise<void> {
  await runCommand(editor, 'Managed Agents: Choose Connection…');
  await pick(editor, name);
  await quickInput(editor).waitFor({ state: 'hidden' });
}

/** Sets a key that the server accepts. */
export async function setKey(editor: Editor, key: string): Promise<void> {
  await askForKey(editor);
  await enterText(editor, key);
  await notification(editor, /^The API key for .* is set\./).waitFor();
}

/** Sets a key that the server cannot be asked about, and keeps it all the same. */
export async function setKeyUnchecked(editor: Editor, key: string): Promise<void> {
  await askForKey(editor);
  await enterText(editor, key);
  await answerDialog(editor, 'Keep the Key Anyway');
}

/** Opens the box that takes a key. */
export async function askForKey(editor: Editor): Promise<void> {
  await runCommand(editor, 'Managed Agents: Set API Key…');
  await quickInput(editor).locator('input[type="password"]').waitFor();
}
