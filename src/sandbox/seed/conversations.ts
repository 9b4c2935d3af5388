import type { JsonObject } from '../../util/json.ts';
import { everyKind } from '../every/everyKind.ts';
import { awkwardTexts } from '../scenarios/text.ts';
import { introduction } from '../turn.ts';
import { publishCall, type Topic, topics } from './content.ts';
import { type History, message, toolResult, toolUse } from './history.ts';

/** A question, a tool call with its result, and an answer. */
export function tellTopic(history: History, topic: Topic, service: string): void {
  const fill = (text: string) => text.replaceAll('{service}', service);
  history.ask(fill(topic.question));
  const use = history.request(topic.question, [
    { type: 'agent.thinking', fields: {} },
    message(`${introduction}I look into it.`),
    toolUse(topic.tool.name, topic.tool.input),
  ]);
  history.add('agent.tool_result', toolResult(use, topic.tool.result));
  history.request(topic.tool.result, [message(fill(topic.answer))]);
  history.idle({ type: 'end_turn' });
}

/** A turn that stopped to ask; answers the waiting call's event. */
export function tellWaiting(history: History) {
  history.ask('Release version 2.4.0 of web-shop, please.');
  const use = history.request('release', [
    message(`${introduction}Everything is built and tested. Publishing needs your approval.`),
    toolUse(publishCall.name, publishCall.input, 'ask'),
  ]);
  history.idle({ type: 'requires_action', event_ids: use === undefined ? [] : [use.id] });
  return use;
}

/** One turn with every kind of event, told as it would have come, and one with texts that are hard to show. */
export function tellEveryKind(history: History): void {
  history.ask('Show me every kind of event, please.');
  const story = everyKind();
  for (let step = story.next(); step.done !== true;) {
    const { type, fields, slow } = step.value;
    step = story.next(history.add(type, fields, slow)?.id ?? '');
  }
  history.idle({ type: 'end_turn' });
  history.ask('And now texts that are hard to show.');
  history.request('', Object.values(awkwardTexts).map(message));
  history.idle({ type: 'end_turn' });
}

/** Fills a history with turns of every kind, as long as it takes more. */
export function tellVaried(history: History): void {
  for (let turn = 0; !history.isFull; turn += 1) {
    const topic = topics[turn % topics.length];
    if (topic !== undefined) {
      tellVariedTurn(history, topic, turn);
    }
  }
}

function tellVariedTurn(history: History, topic: Topic, turn: number): void {
  const number = String(turn + 1);
  history.ask(`${topic.question.replaceAll('{service}', 'web-shop')} (request ${number})`);
  const opening = turn === 0 ? introduction : '';
  const use = history.request(topic.question, [
    { type: 'agent.thinking', fields: {} },
    message(`${opening}I look into request ${number}.`),
    toolUse(topic.tool.name, topic.tool.input),
  ]);
  history.add('agent.tool_result', toolResult(use, topic.tool.result, turn % 9 === 4));
  extras[turn % extras.length]?.(history, number);
  history.request(topic.tool.result, [message(`${topic.answer}\n\n*Request ${number}.*`)]);
  history.idle({ type: 'end_turn' });
}

const extras: readonly ((history: History, number: string) => void)[] = [
  (history) => {
    const use = history.request('', [
      {
        type: 'agent.mcp_tool_use',
        fields: {
          mcp_server_name: 'issues',
          name: 'search_issues',
          input: { query: 'is:open label:bug' },
          evaluated_permission: 'allow',
        },
      },
    ]);
    history.add('agent.mcp_tool_result', {
      mcp_tool_use_id: use?.id ?? '',
      content: [{ type: 'text', text: '3 open issues' }],
      is_error: false,
    });
  },
  (history) => {
    const error: JsonObject = {
      type: 'model_overloaded_error',
      message: 'The model is overloaded. Retrying.',
      retry_status: { type: 'retrying' },
    };
    history.add('session.error', { error });
    history.add('session.status_rescheduled');
    history.add('session.status_running');
  },
  (history, number) => {
    const use = history.request('', [toolUse('bash', { command: `git push origin fix-${number}` }, 'ask')]);
    history.idle({ type: 'requires_action', event_ids: use === undefined ? [] : [use.id] });
    history.add('user.tool_confirmation', {
      tool_use_id: use?.id ?? '',
      result: 'deny',
      deny_message: 'Not before the review.',
    });
    history.add('session.status_running');
    history.add('agent.tool_result', toolResult(use, 'Not before the review.', true));
  },
  (history) => {
    history.add('agent.thread_context_compacted');
  },
  (history) => {
    const rows = Array.from({ length: 12 }, (_, index) => `| step ${String(index + 1)} | ok |`);
    const lines = ['### Log', '', '| Step | State |', '| --- | --- |', ...rows];
    history.request('', [message([...lines, '', '```sh', 'npm run check', '```'].join('\n'))]);
  },
];
