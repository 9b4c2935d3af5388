import type { LogKind } from '../../../src/protocol/logMessages.ts';
import type { IconName } from '../view/icon.ts';

export const kindIcons: Readonly<Record<LogKind, IconName>> = {
  messages: 'comment-discussion',
  tools: 'tools',
  thinking: 'thinking',
  spans: 'pulse',
  status: 'info',
  threads: 'robot',
  outcomes: 'circle-outline',
  errors: 'error',
  other: 'question',
};
