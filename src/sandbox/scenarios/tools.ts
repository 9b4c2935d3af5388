import type { Scenario } from './scenario.ts';

export const tool: Scenario = {
  name: 'tool',
  usage: '/tool',
  summary: 'Call several tools, one of which fails',
  play: async (turn) => {
    await turn.useTools({
      text: 'I search the sources and run the tests.',
      calls: [
        {
          name: 'grep',
          input: { pattern: 'TODO', path: 'src' },
          result: 'src/server.ts:42: // TODO: close idle sockets\nsrc/cache.ts:7: // TODO: bound the size',
        },
        {
          name: 'read',
          input: { file_path: '/workspace/src/server.ts', view_range: [40, 44] },
          result:
            '40  server.on("connection", (socket) => {\n41    sockets.add(socket);\n42    // TODO: close idle sockets\n43  });\n44',
        },
        {
          name: 'bash',
          input: { command: 'npm test' },
          result: '14 passing\n1 failing\n\n  1) server closes idle sockets:\n     AssertionError: 1 == 0',
          isError: true,
        },
      ],
    });
    await turn.say('Two notes are open, and **one test fails**: `server closes idle sockets`.');
    return 'end_turn';
  },
};

export const edit: Scenario = {
  name: 'edit',
  usage: '/edit',
  summary: 'Edit a file, with the old and the new text',
  play: async (turn) => {
    await turn.useTools({
      text: 'I change the timeout.',
      calls: [
        {
          name: 'edit',
          input: {
            file_path: '/workspace/src/server.ts',
            old_string: 'const server = createServer(handler);\nserver.keepAliveTimeout = 5_000;\n',
            new_string:
              'const server = createServer(handler);\nserver.keepAliveTimeout = 30_000;\nserver.headersTimeout = 35_000;\n',
          },
          result: 'The file /workspace/src/server.ts has been updated.',
        },
      ],
    });
    await turn.say('Idle connections now stay open for **30 seconds** instead of 5.');
    return 'end_turn';
  },
};
