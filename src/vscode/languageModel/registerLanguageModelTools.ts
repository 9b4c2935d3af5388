import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../util/disposable.ts';
import { languageModelTools, settings, type ToolName } from '../ids.ts';
import type { SessionTools } from './sessionTools.ts';

/**
 * Offers sessions to the editor's own AI while the person has that turned on, and nothing otherwise, nor in an
 * editor that knows no such tools. What a tool needs is loaded when one is called.
 */
export function registerLanguageModelTools(tools: () => Promise<SessionTools>): Disposable {
  let registered: DisposableStore | undefined;
  const review = () => {
    const isOn = vscode.workspace.getConfiguration().get(settings.languageModelTools) === true && isKnown();
    if (!isOn) {
      registered?.dispose();
      registered = undefined;
    } else if (registered === undefined) {
      registered = new DisposableStore();
      for (const name of Object.values(languageModelTools)) {
        registered.add(vscode.lm.registerTool(name, toolOf(name, tools)));
      }
    }
  };
  const following = vscode.workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration(settings.languageModelTools)) {
      review();
    }
  });
  review();
  return {
    dispose: () => {
      following.dispose();
      registered?.dispose();
    },
  };
}

/** Editors that are made of VS Code may lack what is for its AI. */
function isKnown(): boolean {
  const api: { readonly lm?: { readonly registerTool?: unknown } } = vscode;
  return typeof api.lm?.registerTool === 'function';
}

function toolOf(name: ToolName, tools: () => Promise<SessionTools>): vscode.LanguageModelTool<object> {
  return {
    prepareInvocation: async ({ input }) => {
      const { progress, question } = (await tools()).prepare(name, input);
      return {
        invocationMessage: progress,
        ...(question && {
          confirmationMessages: { title: question.title, message: new vscode.MarkdownString(question.text) },
        }),
      };
    },
    invoke: async ({ input }, token) => {
      const cancelling = new AbortController();
      const subscription = token.onCancellationRequested(() => cancelling.abort());
      try {
        const text = await (await tools()).run(name, input, cancelling.signal);
        return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
      } catch (error) {
        throw token.isCancellationRequested ? new vscode.CancellationError() : error;
      } finally {
        subscription.dispose();
      }
    },
  };
}
