import { asObject, field, type JsonObject } from '../util/json.ts';

/** Suggested after those in use; any text is taken. Ids that the API reference names. */
const knownModels: readonly string[] = ['claude-sonnet-5-5', 'claude-opus-5-5', 'claude-haiku-5-5'];
const MAX_SUGGESTIONS = 20;

/** Models to suggest: those of the agents that are there, the most used first, then known ones. */
export function suggestedModels(inUse: readonly (string | undefined)[]): readonly string[] {
  const uses = new Map<string, number>();
  for (const model of inUse) {
    if (model !== undefined) {
      uses.set(model, (uses.get(model) ?? 0) + 1);
    }
  }
  const used = [...uses].sort((a, b) => b[1] - a[1]).map(([model]) => model);
  return [...new Set([...used, ...knownModels])].slice(0, MAX_SUGGESTIONS);
}

/** Sets the model's id in whatever form the agent has it. How a model is to be used, its effort, stays. */
export function withModel(agent: JsonObject, id: string): JsonObject {
  const model = asObject(field(agent, 'model'));
  return { ...agent, model: model === undefined ? id : { ...model, id } };
}
