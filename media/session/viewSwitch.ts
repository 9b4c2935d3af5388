import { Emitter } from '../../src/util/emitter.ts';

/** The views of a session, in the order of their tabs. */
export const sessionViews = ['conversation', 'events', 'timeline'] as const;
export type SessionView = (typeof sessionViews)[number];

/** Which view of the session is shown, and how the keyboard changes that. */
export class ViewSwitch {
  private readonly changed = new Emitter<SessionView>();
  private shown: SessionView = 'conversation';

  /** Fires with the view that is shown from now on. */
  readonly onDidChange = this.changed.event;

  get current(): SessionView {
    return this.shown;
  }

  show(view: SessionView): void {
    if (view !== this.shown) {
      this.shown = view;
      this.changed.fire(view);
    }
  }

  /** Between the conversation and the view that is asked for. */
  toggle(view: SessionView): void {
    this.show(this.shown === view ? 'conversation' : view);
  }

  /** A key on a tab; the arrows choose at once, as what they choose is there at once. */
  onKey(event: KeyboardEvent): void {
    const target = neighbour(this.shown, event.key);
    if (target === undefined || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    this.show(target);
    if (event.currentTarget instanceof HTMLElement) {
      event.currentTarget.querySelector<HTMLElement>(`[data-view="${target}"]`)?.focus();
    }
  }
}

/** The view that a key goes to; the first follows the last. */
export function neighbour(view: SessionView, key: string): SessionView | undefined {
  const at = sessionViews.indexOf(view);
  switch (key) {
    case 'ArrowRight':
      return sessionViews[(at + 1) % sessionViews.length];
    case 'ArrowLeft':
      return sessionViews.at(at - 1);
    case 'Home':
      return sessionViews[0];
    case 'End':
      return sessionViews.at(-1);
    default:
      return undefined;
  }
}

/** A kept name of a view, from whatever was kept. */
export function asSessionView(value: unknown): SessionView | undefined {
  return sessionViews.find((view) => view === value);
}
