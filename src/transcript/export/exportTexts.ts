import type { NoticeFormat } from '../noticeLine.ts';
import type { NoticeCode, ToolRow, UserMessageRow } from '../row.ts';

/** The words of a transcript in writing, in the user's language. Placeholders are `{name}`. */
export interface ExportTexts extends NoticeFormat {
  readonly you: string;
  readonly agent: string;
  readonly thought: string;
  readonly thoughtFor: string; // "Thought for {duration}"
  readonly tool: string; // "Tool {tool}"
  readonly input: string;
  readonly result: string;
  readonly noOutput: string;
  readonly image: string;
  readonly document: string;
  readonly redacted: string;
  readonly event: string; // "Event {type}"
  readonly writing: string; // the agent is still writing
  readonly olderMissing: string;
  readonly toolStatus: Readonly<Record<ToolRow['status'], string>>;
  readonly messageState: Readonly<Record<Exclude<UserMessageRow['state'], 'done'>, string>>;
  readonly notice: Readonly<Record<NoticeCode, string>>;
  /** A moment, epoch milliseconds, with its date. */
  readonly time: (at: number) => string;
  /** A language tag for what is written. */
  readonly language: string;
  readonly taskDone: string;
  readonly taskOpen: string;
  /** "Exported on {time}" */
  readonly exportedAt: (at: number) => string;
}

/** A text with its placeholders filled. */
export function fillText(template: string, args: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(args, name) ? (args[name] ?? whole) : whole,
  );
}
