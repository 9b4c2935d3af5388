import type { ToolRow } from '../../../src/transcript/row.ts';

/** The exact input of a call, as it is to be agreed to. */
export interface ExactInput {
  readonly text: string;
  readonly isCommand: boolean;
  /** True where the page does not have all of it. */
  readonly isCut: boolean;
}

/** A command stands for the input only where it is all of it; otherwise the JSON does. */
export function exactInput(row: ToolRow): ExactInput {
  const isCut = row.inputTotal > row.inputJson.length;
  if (row.input.view === 'shell' && !isCut && isOnlyText(row.inputJson, row.input.command)) {
    return { text: row.input.command, isCommand: true, isCut };
  }
  return { text: row.inputJson, isCommand: false, isCut };
}

function isOnlyText(json: string, text: string): boolean {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && same(Object.values(value), text);
  } catch {
    return false;
  }
}

function same(values: readonly unknown[], text: string): boolean {
  return values.length === 1 && values[0] === text;
}
