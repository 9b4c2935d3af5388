import { asObject, asText, field } from '../../util/json.ts';
import type { CommandContext } from './commandContext.ts';

/** Changes between the conversation and the event log of the active panel. */
export function toggleEventLog({ panels }: CommandContext): void {
  panels.active?.page.toggleLog();
}

/** Changes between the conversation and the timeline of the active panel. */
export function toggleTimeline({ panels }: CommandContext): void {
  panels.active?.page.toggleTimeline();
}

/**
 * Shows the event behind a row of the active panel in its log.
 * @param argument what the page says of the row on which the editor's menu was opened; otherwise it is the row
 * that the keyboard is on.
 */
export function showInEventLog({ panels }: CommandContext, argument?: unknown): void {
  panels.active?.page.showInLog(asText(field(asObject(argument), 'rowKey')));
}
