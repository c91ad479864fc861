/**
 * core must run wherever JavaScript runs. Embedded rules are bundled as a browser takes them, where every Node built-in would
 * fail the bundling, and must say the same in Node, in a bare context of the web's standards without `eval` (as at the edge),
 * in Deno, in Bun and in headless Chromium.
 *
 *     node scripts/check-runtimes.mjs
 *
 * Fetches Deno and Bun into `.weir/runtimes` once. A machine without Chromium leaves that out, but for `CI=true`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import vm from 'node:vm';
import { build } from 'esbuild';

const PACKAGES = ['deno@2.9.6', 'bun@1.4.4'];

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const home = join(root, '.weir', 'runtimes');
mkdirSync(home, { recursive: true });
if (!existsSync(join(home, 'node_modules', 'deno'))) {
  writeFileSync(join(home, 'package.json'), '{ "private": true }\n');
  run('npm', ['install', '--prefix', home, '--no-audit', '--no-fund', '--loglevel=error', ...PACKAGES]);
}

const embedRules = 'scripts/runtimes/embed-rules.ts';
const asModule = await bundle('esm', `import { embedRules } from './${embedRules}'; console.log(await embedRules());`);
const asScript = await bundle('iife', `import { embedRules } from './${embedRules}'; globalThis.said = embedRules();`);
const program = join(home, 'embed-rules.mjs');
writeFileSync(program, asModule);

const RUNTIMES = {
  Node: () => run(process.execPath, [program]),
  'a bare context without eval': runBare,
  Deno: () => run(join(home, 'node_modules/.bin/deno'), ['run', '--no-prompt', '--quiet', program]),
  Bun: () => run(join(home, 'node_modules/.bin/bun'), [program]),
  Chromium: runInChromium,
};
let expected;
for (const [name, say] of Object.entries(RUNTIMES)) {
  const said = (await say())?.trim();
  if (said === undefined) {
    console.log(`not here  ${name}`);
    continue;
  }
  expected ??= said;
  const isSame = said === expected && said.startsWith('[');
  console.log(`${isSame ? 'the same' : 'DIFFERS '}  ${name}`);
  if (isSame) continue;
  console.error(`It said ${said}\nand not ${expected}`);
  process.exitCode = 1;
}

async function bundle(format, contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    minify: true,
    write: false,
    format,
    platform: 'browser',
    target: 'es2022',
    charset: 'ascii',
    logLevel: 'error',
  });
  return outputFiles[0].text;
}

/** No `process`, no `Buffer`, no `require`, no timers, no code from strings. */
function runBare() {
  const globals = { TextEncoder, TextDecoder, crypto, URL, btoa, atob };
  const context = vm.createContext(globals, { codeGeneration: { strings: false, wasm: false } });
  vm.runInContext(asScript, context);
  return context.said;
}

/** Prints the page when its script is done. */
function runInChromium() {
  const chromium = ['chromium', 'chromium-browser', 'google-chrome'].find(
    (name) => spawnSync(name, ['--version']).status === 0,
  );
  if (chromium === undefined && process.env.CI !== 'true') return undefined;
  if (chromium === undefined)
    throw new Error('This machine has no Chromium: install one (Debian: apt-get install chromium).');
  const page = join(home, 'page.html');
  const script = `${asScript};said.then((text) => { document.body.textContent = btoa(unescape(encodeURIComponent(text))); })`;
  writeFileSync(page, `<!doctype html><body></body><script>${script.replaceAll('</script', '<\\/script')}</script>`);
  const settings = ['--headless', '--no-sandbox', '--disable-gpu', `--user-data-dir=${join(home, 'chromium')}`];
  const dom = run(chromium, [...settings, '--virtual-time-budget=10000', '--dump-dom', pathToFileURL(page).href]);
  const [, text = ''] = /([\w+/=]*)<\/body>/.exec(dom) ?? [];
  return Buffer.from(text, 'base64').toString();
}

function run(command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${error?.message ?? stderr}`);
  return stdout;
}
