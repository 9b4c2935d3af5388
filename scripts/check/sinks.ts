/** What can turn data into code, markup, a process or a request, by the way it is written. */
export const sinks = {
  /** A string becomes markup. */
  markup:
    /\.(?:innerHTML|outerHTML)\s*\+?=(?!=)|\[["'`](?:inner|outer)HTML["'`]\]|\binsertAdjacentHTML\b|\bdocument\.write(?:ln)?\b|\bcreateContextualFragment\b|\bDOMParser\b|\bsetHTMLUnsafe\b|\bsrcdoc\b/g,
  /** A string becomes code. */
  code: /(?<![.\w$])eval\s*\(|\(0,\s*eval\)|\bnew Function\b|(?<![.\w$])Function\s*\(|\bset(?:Timeout|Interval)\(["'`]/g,
  /** A process, or another place where code runs. */
  process:
    /\b(?:from|import|require|__require)\b\s*\(?["'`](?:node:)?(?:child_process|cluster|vm|worker_threads|inspector|repl)\b/g,
  /** Code from a place that is known only when it runs. */
  dynamicImport: /(?<![.\w$])(?:require|import)\((?!["'`])/g,
  /** An address without encryption. */
  plainHttp: /http:\/\//g,
  /** A look at the environment, where keys and proxies can stand. */
  environment: /\bprocess\.env\b/g,
  /** Certificates that are not looked at. */
  blindTrust: /\brejectUnauthorized:\s*(?:false|!1)|NODE_TLS_REJECT_UNAUTHORIZED/g,
} as const;

export type Sink = keyof typeof sinks;

/** What the page of a panel must not even know of: its policy forbids all of it. */
export const pageNetwork =
  /(?<![.\w$])fetch\s*\(|\bXMLHttpRequest\b|\bWebSocket\b|\bEventSource\b|\bsendBeacon\b|\bimportScripts\b|\bserviceWorker\b|\bRTCPeerConnection\b|\bnew (?:Shared)?Worker\b/g;

/** How often a pattern stands in a text. */
export function countOf(pattern: RegExp, text: string): number {
  return [...text.matchAll(pattern)].length;
}
