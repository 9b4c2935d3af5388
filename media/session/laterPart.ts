/**
 * A part of the page whose code is loaded when it is first wanted. A load can fail, as the files of a page come
 * from the editor over a connection: then whoever wants the part again has it loaded again.
 */
export class LaterPart<T> {
  private readonly load: () => Promise<T>;
  private readonly arrived: (part: T) => void;
  private readonly failed: () => void;
  private state: 'unwanted' | 'loading' | 'failed' | 'there' = 'unwanted';
  private part: T | undefined;

  constructor(load: () => Promise<T>, events: { arrived: (part: T) => void; failed: () => void }) {
    this.load = load;
    this.arrived = events.arrived;
    this.failed = events.failed;
  }

  /** The part, once it is there. */
  get there(): T | undefined {
    return this.part;
  }

  /** Whether the last load failed and nothing is under way. */
  get hasFailed(): boolean {
    return this.state === 'failed';
  }

  /** Has the part loaded, unless it is there or on its way. */
  want(): void {
    if (this.state === 'unwanted' || this.state === 'failed') {
      void this.bring();
    }
  }

  private async bring(): Promise<void> {
    this.state = 'loading';
    let part: T;
    try {
      part = await this.load();
    } catch {
      this.state = 'failed';
      this.failed();
      return;
    }
    this.state = 'there';
    this.part = part;
    this.arrived(part);
  }
}
