// The one place that names the parser, so that its typing quirks stay in one place too.
import MarkdownIt, { type Env, type Token } from 'markdown-it';

export { type Env, MarkdownIt, type Token };
