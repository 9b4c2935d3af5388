import type { SessionEvent } from '../api/resources/event.ts';
import { asArray, asObject, asText, field, type JsonObject } from '../util/json.ts';
import { blocksOf, cut } from './blocks.ts';
import { errorNotice } from './errorNotice.ts';
import { workflowRun } from './mentions.ts';
import type { NoticeCode, NoticeRow } from './row.ts';

type Line = Pick<NoticeRow, 'code' | 'tone' | 'args' | 'blocks'>;

const MAX_PHASES = 50;

/** The line for an event of a workflow run. Only its first event has the name and the phases. */
export function workflowNotice(
  event: SessionEvent,
  told: (subject: string) => SessionEvent | undefined,
): Line {
  const { body, type } = event;
  const runId = asText(field(body, 'workflow_run_id'));
  const created = runId === undefined ? undefined : told(workflowRun(runId))?.body;
  const name = label(body, 'name') || label(created, 'name');
  const what = type.slice('workflow_run.'.length);
  switch (what) {
    case 'created':
      return createdNotice(body, name);
    case 'status_running':
      return quiet('workflow.running', { name });
    case 'status_idle':
      return quiet('workflow.idle', { name });
    case 'status_ended':
      return endedNotice(body, name);
    case 'phase_started':
      return quiet('workflow.phaseStarted', { name, phase: phaseName(body, created) });
    case 'phase_ended':
      return quiet('workflow.phaseEnded', { name, phase: phaseName(body, created) });
    default:
      return quiet('workflow', { name, what: cut(what, 100) });
  }
}

/** The phases and what the workflow is for are folded away behind the line. */
function createdNotice(body: JsonObject, name: string): Line {
  const phases = phasesOf(body).map((phase, index) => {
    const described = label(phase, 'description');
    return `${index + 1}. **${label(phase, 'name')}**${described === '' ? '' : `: ${described}`}`;
  });
  const text = [label(body, 'description'), phases.join('\n')].filter((part) => part !== '').join('\n\n');
  const notice = quiet('workflow.created', { name });
  return text === '' ? notice : { ...notice, blocks: blocksOf(text) };
}

function endedNotice(body: JsonObject, name: string): Line {
  const result = field(body, 'result');
  const kind = asText(result) ?? asText(field(asObject(result), 'type'));
  switch (kind) {
    case 'completed':
      return { code: 'workflow.completed', tone: 'good', args: { name } };
    case 'stopped':
      return quiet('workflow.stopped', { name });
    case 'error': {
      const { message, type } = errorNotice(asObject(result) ?? {}).args;
      return { code: 'workflow.failed', tone: 'warning', args: { name, message: message ?? type ?? '' } };
    }
    default:
      return quiet('workflow.ended', { name, result: cut(kind ?? '', 100) });
  }
}

function phaseName(body: JsonObject, created: JsonObject | undefined): string {
  const id = asText(field(body, 'workflow_run_phase_id'));
  const phase = phasesOf(created).find((each) => asText(field(each, 'id')) === id);
  return label(phase, 'name') || cut(id ?? '', 100);
}

function phasesOf(created: JsonObject | undefined): readonly JsonObject[] {
  return asArray(field(created, 'phases'))
    .slice(0, MAX_PHASES)
    .map(asObject)
    .filter((phase) => phase !== undefined);
}

function quiet(code: NoticeCode, args: Readonly<Record<string, string>>): Line {
  return { code, tone: 'quiet', args };
}

function label(body: JsonObject | undefined, name: string): string {
  return cut(asText(field(body, name)) ?? '', 200);
}
