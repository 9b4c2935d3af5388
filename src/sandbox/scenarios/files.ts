import type { Scenario } from './scenario.ts';

const report = `# Load test

| Clients | Requests per second | 99th percentile |
| ------: | ------------------: | --------------: |
|      10 |               1,840 |           11 ms |
|     100 |               9,420 |           38 ms |
|   1,000 |              11,015 |          204 ms |

The service keeps up until about 600 clients; from there on requests wait for a connection to the database.
`;

/** A picture of one pixel, so that there is a file that is no text. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

export const files: Scenario = {
  name: 'files',
  usage: '/files',
  summary: 'Write files that can be downloaded where the server has them',
  play: async (turn) => {
    await turn.useTools({
      text: 'I write the report and draw its chart.',
      calls: [
        {
          name: 'write',
          input: { file_path: '/mnt/session/outputs/report.md', content: report },
          result: 'The file /mnt/session/outputs/report.md has been created.',
        },
        {
          name: 'bash',
          input: { command: 'python plot.py --out /mnt/session/outputs/chart.png' },
          result: 'wrote /mnt/session/outputs/chart.png',
        },
      ],
    });
    turn.writeFile('report.md', 'text/markdown', Buffer.from(report));
    turn.writeFile('chart.png', 'image/png', picture);
    await turn.say('The report is in `report.md`, its chart in `chart.png`.');
    return 'end_turn';
  },
};
