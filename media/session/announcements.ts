import type { Patch } from '../../src/protocol/messages.ts';
import type { PageStrings } from '../../src/protocol/strings.ts';
import type { FeedState } from './feedTypes.ts';
import type { Row } from '../../src/transcript/row.ts';
import { assertNever } from '../../src/util/assertNever.ts';
import type { Replica } from './applyPatch.ts';
import { fill } from './fill.ts';
import { rowAt } from './rowWindow.ts';

/** Says what a person who does not see the page should hear of a change: nothing, for most changes. */
export class Announcements {
  private isDown = false;

  of(patch: Patch, before: Replica, strings: PageStrings): string | undefined {
    switch (patch.op) {
      case 'feed':
        return this.ofFeed(patch.feed.state.kind, strings);
      case 'header':
        return before.header.activity === 'running' && patch.header.activity === 'idle'
          ? strings.announce.turnEnded
          : undefined;
      case 'append':
        return isLive(before) ? last(patch.rows.map((row) => ofRow(undefined, row, strings))) : undefined;
      case 'set':
        return isLive(before) ? ofRow(rowAt(before.held, patch.at), patch.row, strings) : undefined;
      case 'range':
      case 'window':
      case 'appendText':
        return undefined;
      default:
        return assertNever(patch);
    }
  }

  /** Between down and up the feed passes through other states; each turn is said once. */
  private ofFeed(kind: FeedState['kind'], strings: PageStrings): string | undefined {
    const wasDown = this.isDown;
    if (kind === 'reconnecting' || kind === 'offline') {
      this.isDown = true;
      return wasDown ? undefined : strings.announce.connectionLost;
    }
    if (kind === 'live' || kind === 'polling') {
      this.isDown = false;
      return wasDown ? strings.announce.connectionBack : undefined;
    }
    return undefined;
  }
}

/** What is read in while catching up is no news. */
function isLive(replica: Replica): boolean {
  return replica.feed.state.kind === 'live' || replica.feed.state.kind === 'polling';
}

function last(texts: readonly (string | undefined)[]): string | undefined {
  return texts.findLast((text) => text !== undefined);
}

function ofRow(before: Row | undefined, after: Row, strings: PageStrings): string | undefined {
  const { announce } = strings;
  if (after.kind === 'agentMessage') {
    const wasFinal = before?.kind === 'agentMessage' && !before.streaming;
    return after.streaming || wasFinal ? undefined : announce.agentReplied;
  }
  if (after.kind === 'notice') {
    return after.tone === 'error' && before === undefined ? announce.failed : undefined;
  }
  if (after.kind !== 'tool' || (before?.kind === 'tool' && before.status === after.status)) {
    return undefined;
  }
  if (after.status === 'running') {
    return fill(announce.toolRunning, { tool: after.name });
  }
  return after.status === 'needsApproval' || after.status === 'needsResult'
    ? announce.approvalNeeded
    : undefined;
}
