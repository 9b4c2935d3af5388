import { openBrowser } from '/work/main/test/support/page/browser.ts';
import { startPageServer } from '/work/main/test/support/page/pageServer.ts';
const s=await startPageServer(); const b=await openBrowser();
for (const [n,f] of s.files) { const {gzipSync}=await import('node:zlib'); console.log(n,f.length,gzipSync(f,{level:9}).length); }
const p=await b.newPage({viewport:{width:320,height:640}});
await p.goto(s.origin+'/dark#tour'); await p.waitForSelector('.md');
console.log(await p.evaluate(()=>{const out:string[]=[];const box=document.querySelector('.scroller')!;out.push(`${box.scrollWidth} ${box.clientWidth} ${document.documentElement.scrollWidth}`);for(const e of box.querySelectorAll('*')){const r=e.getBoundingClientRect();if(r.right>320&&!e.closest('.output,.code-text,.table'))out.push(e.className+' '+r.right+' '+(e.textContent??'').trim().slice(0,30))}return out}));
await b.close(); await s.dispose();
