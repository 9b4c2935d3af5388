import type { Row } from '../../../src/transcript/row.ts';
import { NOW, text } from './rows.ts';

const elements = `# What was found

The **retry timer** is set *twice*, see [the guide](https://docs.example.com/retries) and \`retry.ts\`. A link that
says another place: [https://good.example.com](https://evil.example.org/login).

## Tasks

- [x] Read \`src/billing/retry.ts\`
- [ ] Clear the timer, which is set in three places that do not know of one another and so each clear only their own
  - [ ] in \`client.ts\`
  - in \`queue.ts\`, with a list inside

    1. First
    2. Second
- A plain item

#### A heading two levels down

> A quotation
>
> > inside of another

| Case | Calls before | Calls after | What happens in the meantime, at length, so that the table becomes wide |
|:-----|-------------:|:-----------:|------|
| timeout | 2 | 1 | The handler of the timeout clears its timer, and the rejected promise finds nothing to do any more |
| refused | 1 | 1 | \`ECONNREFUSED\` comes at once; [details](https://example.com/refused) |

---

![A diagram of the queue](https://attacker.example/diagram.png?d=secret) and <b>bold HTML</b> with ~~nothing~~.

    indented code

قال المبرمج: **هذا يعمل** الآن، انظر \`retry.ts\`.

- عنصر أول
- عنصر ثان

שלום עולם
`;

const codes = `\`\`\`ts
/** Schedules one more try, unless the job is done. */
export async function scheduleRetry(job: Job, error?: Error): Promise<void> {
  const delay = Math.min(2 ** job.attempt * 1_000, MAX_DELAY); // in ms
  if (job.state !== 'waiting') {
    throw new TypeError(\`Job \${job.id} is \${job.state}\`);
  }
  this.timer = setTimeout(() => this.run(job), delay);
}
\`\`\`

\`\`\`python
@dataclass
class Point(Base):
    """A point."""
    x: float = 0.5

    def length(self) -> float:
        return math.sqrt(self.x ** 2)  # Pythagoras
\`\`\`

\`\`\`diff
--- a/retry.ts
+++ b/retry.ts
@@ -48,3 +48,4 @@
-    .catch(() => this.scheduleRetry(job))
+    .catch((error) => this.scheduleRetry(job, error))
\`\`\`

\`\`\`json
{ "name": "billing", "retries": 5, "strict": true, "hosts": [null, "a\\nb"] }
\`\`\`

\`\`\`bash
# Run only the tests of this folder
for file in $(git diff --name-only "$BASE"); do npm test -- "$file" --retries=3; done
\`\`\`

\`\`\`html
<button class="primary" disabled>Save &amp; close</button> <!-- last -->
<style>.primary { color: red; margin: 0 4px }</style>
\`\`\`

\`\`\`yaml
on: { push: { branches: [main] } }
jobs:
  test: # one job
    runs-on: ubuntu-latest
    timeout-minutes: 10
\`\`\`

\`\`\`sql
SELECT id, count(*) AS tries FROM jobs WHERE state = 'failed' GROUP BY id LIMIT 10;
\`\`\`

\`\`\`
no language, with a very long line that does not fit into the column and so has to be scrolled, or wrapped by the button above it, as one likes
\`\`\`

\`\`\`sh title=tricky
rm -rf ./build\u202e # dliub/. daer\u202c
echo "zero\u200bwidth"
\`\`\`
`;

function message(key: string, value: string): Row {
  return { kind: 'agentMessage', key, at: NOW, eventId: key, streaming: false, blocks: [text(value)] };
}

/** Everything that Markdown can be in a message. */
export const markdownRows: readonly Row[] = [message('elements', elements), message('codes', codes)];
