const http = require('node:http');
const path = require('node:path');
const vscode = require('vscode');

const LOOK_EVERY_MS = 5;
const FRAME_MS = 16;
const MEASURED = 'managed-agents-vscode';

/** Commands for the benches, in the same extension host as the extension that they measure. */
exports.activate = function activate(context) {
  const command = (name, run) =>
    context.subscriptions.push(vscode.commands.registerCommand(`bench.${name}`, run));
  let watch;

  /** Runs a command and says when that began, as the wall clock has it. */
  command('timed', async (name, ...args) => {
    const at = Date.now();
    await vscode.commands.executeCommand(name, ...args);
    return at;
  });

  /** Activates extensions one after the other; answers with the milliseconds that each took, by their ids. */
  command('activate', async (...ids) => {
    const times = {};
    for (const id of ids) {
      const extension = vscode.extensions.getExtension(id);
      if (extension === undefined || extension.isActive) {
        throw new Error(`${id} is ${extension === undefined ? 'not there' : 'active already'}`);
      }
      const startedAt = performance.now();
      await extension.activate();
      times[id] = performance.now() - startedAt;
    }
    return times;
  });

  command('watchHost', () => {
    watch = watchTasks();
  });

  /**
   * The longest time in milliseconds for which the extension host did nothing else, by the clock and by what it
   * worked: in the rest it waited for the machine.
   */
  command('longestTask', () => watch.end());

  let timers;

  /** From now on the timers that the measured extension sets are counted when they go off. */
  command('countTimers', () => {
    timers ??= countTimers();
  });

  /** What was spent since the beginning. */
  command('spent', () => {
    const { user, system } = process.cpuUsage();
    return { cpuMs: (user + system) / 1_000, wakeUps: timers?.fired ?? 0 };
  });

  /** Calls a measurement that was built for this host, and answers with what it found. */
  command('measure', async (modulePath, options) => await require(modulePath).measure(options));

  /** Opens the panel without care: a message per event, a row per message, never one less, always to the end. */
  command('naive', (streamUrl) => {
    const panel = openPanel('Naive', naiveHtml);
    follow(streamUrl, panel, (event) => void panel.webview.postMessage(event));
  });

  /**
   * Opens the panel that shows next to nothing: a message per frame at most, and in it the text of the newest event,
   * alone. Nothing that shows what happened can be faster in this editor on this machine.
   */
  command('bare', (streamUrl) => {
    const panel = openPanel('Bare', bareHtml);
    let newest;
    let timer;
    follow(streamUrl, panel, (event) => {
      newest = event;
      timer ??= setTimeout(() => {
        timer = undefined;
        void panel.webview.postMessage(newest);
      }, FRAME_MS);
    });
  });

  function openPanel(title, html) {
    const panel = vscode.window.createWebviewPanel('bench.panel', title, vscode.ViewColumn.Active, {
      enableScripts: true,
    });
    panel.webview.html = html;
    return panel;
  }

  function follow(streamUrl, panel, onEvent) {
    const request = http.get(streamUrl, { headers: { authorization: 'Bearer bench' } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece) => {
        const frames = (text + piece).split('\n\n');
        text = frames.pop() ?? '';
        for (const frame of frames) {
          const data = /^data: (.*)$/m.exec(frame)?.[1];
          if (data !== undefined) {
            onEvent(JSON.parse(data));
          }
        }
      });
      response.on('error', () => undefined);
    });
    request.on('error', () => undefined);
    panel.onDidDispose(() => request.destroy());
  }
};

function watchTasks() {
  const longest = { ms: 0, cpuMs: 0 };
  let at = performance.now();
  let used = process.threadCpuUsage();
  const timer = setInterval(() => {
    const { user, system } = process.threadCpuUsage(used);
    longest.ms = Math.max(longest.ms, performance.now() - at - LOOK_EVERY_MS);
    longest.cpuMs = Math.max(longest.cpuMs, (user + system) / 1_000);
    at = performance.now();
    used = process.threadCpuUsage();
  }, LOOK_EVERY_MS);
  return {
    end() {
      clearInterval(timer);
      return longest;
    },
  };
}

/** All extensions share the host's timers; whose one is shows in the place that set it. */
function countTimers() {
  const counted = { fired: 0 };
  const measured = vscode.extensions.all.find(({ packageJSON }) => packageJSON.name === MEASURED);
  const home = path.join(measured.extensionPath, 'dist');
  for (const name of ['setTimeout', 'setInterval', 'setImmediate']) {
    globalThis[name] = new Proxy(globalThis[name], {
      apply(set, self, [callback, ...rest]) {
        const isMeasured = new Error().stack.includes(home);
        const counting = (...args) => {
          counted.fired += 1;
          callback(...args);
        };
        return Reflect.apply(set, self, [isMeasured ? counting : callback, ...rest]);
      },
    });
  }
  return counted;
}

const bareHtml = `<!DOCTYPE html>
<html>
<body>
<div data-rows><div></div></div>
<script>
  const line = document.querySelector('[data-rows] > div');
  let newest;
  window.addEventListener('message', ({ data }) => {
    if (newest === undefined) {
      requestAnimationFrame(() => {
        line.textContent = newest;
        newest = undefined;
      });
    }
    newest = data.content[0].text;
  });
</script>
</body>
</html>`;

const naiveHtml = `<!DOCTYPE html>
<html>
<head>
<style>
  body { height: 100vh; margin: 0; overflow: hidden; }
  .rows { height: 100%; overflow: auto; }
  .row { padding: 8px 16px; }
  .head { display: flex; gap: 8px; font-weight: 600; }
</style>
</head>
<body>
<div class="rows" data-rows></div>
<script>
  const rows = document.querySelector('.rows');
  window.addEventListener('message', ({ data }) => {
    const row = document.createElement('div');
    row.className = 'row';
    const head = document.createElement('div');
    head.className = 'head';
    for (const part of ['Agent', new Date(data.processed_at).toLocaleTimeString()]) {
      const span = document.createElement('span');
      span.textContent = part;
      head.append(span);
    }
    const text = document.createElement('div');
    text.textContent = data.content[0].text;
    row.append(head, text);
    rows.append(row);
    rows.scrollTop = rows.scrollHeight;
  });
</script>
</body>
</html>`;
