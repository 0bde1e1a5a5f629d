// The pages in a real browser. node run.mjs FACTPRESS [--chromium PATH] [--out FOLDER]
// Builds every sample and the hostile release, then looks at each page as its readers do: on a phone, on a laptop, on paper, with a
// keyboard, with a screen reader's rules (axe-core), without script, and through the Nu HTML checker.
import {execFileSync, spawnSync} from "node:child_process";
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, existsSync, rmSync, statSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {tmpdir} from "node:os";
import {basename, dirname, join, resolve} from "node:path";
import {fileURLToPath, pathToFileURL} from "node:url";
import {chromium} from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");
const argument = name => { const at = process.argv.indexOf(name); return at < 0 ? undefined : process.argv[at + 1]; };
const factpress = resolve(process.argv[2] ?? join(root, "build/release/factpress"));
const browserPath = argument("--chromium") ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
const pictures = resolve(argument("--out") ?? join(root, "build/browser"));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const vnu = join(here, "node_modules/vnu-jar/build/dist/vnu.jar");

let passed = 0, failed = 0;
const check = (good, what, why = "") => {
  if (good) ++passed;
  else { ++failed; console.log(`FAILED ${what}${why ? ": " + why : ""}`); }
};

/** Builds one release with every output. */
function build(release, folder) {
  const run = spawnSync(factpress, ["build", release, "-o", folder, ...(argument("--templates") ? ["--templates", argument("--templates")] : [])], {encoding: "utf8"});
  const at = join(folder, basename(release).replace(/\.[^.]*$/, ""));
  return {folder: existsSync(at) ? at : folder, run};
}

async function open(browser, url, options = {}) {
  const context = await browser.newContext({viewport: {width: 1280, height: 900}, ...options});
  const page = await context.newPage();
  page.setDefaultTimeout(120000);
  const strange = [];
  page.on("request", request => { if (!request.url().startsWith("file://")) strange.push("request " + request.url()); });
  page.on("dialog", dialog => { strange.push("dialog " + dialog.message()); dialog.dismiss(); });
  page.on("pageerror", error => strange.push("error " + error.message));
  page.on("console", message => { if (message.type() === "error") strange.push("console " + message.text()); });
  await page.goto(url);
  return {context, page, strange};
}

async function pictureOf(browser, url, name) {
  for (const [size, width, height] of [["phone", 390, 844], ["laptop", 1280, 900]]) {
    const {context, page, strange} = await open(browser, url, {viewport: {width, height}});
    await page.screenshot({path: join(pictures, `${name}-${size}.png`), fullPage: true});
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    check(wide <= 0, `${name}: no sideways scrolling at ${width} px`, `${wide} px too wide`);
    check(strange.length === 0, `${name}: quiet at ${width} px`, strange.join("; "));
    await context.close();
  }
  const {context, page} = await open(browser, url);
  await page.emulateMedia({media: "print"});
  await page.setViewportSize({width: 794, height: 1123});
  await page.screenshot({path: join(pictures, `${name}-print.png`), fullPage: true});
  const heads = await page.evaluate(() => [...document.querySelectorAll("thead")].every(h => getComputedStyle(h).display === "table-header-group"));
  check(heads, `${name}: table heads repeat in print`);
  check(!(await page.locator("nav").first().isVisible()), `${name}: no navigation in print`);
  await context.close();
}

/** Labels stand still while a table scrolls on a phone, and so paint over what is before them: the rule above each row must run through label and number alike. */
async function rules(browser, url, name) {
  const {context, page} = await open(browser, url, {viewport: {width: 390, height: 844}, deviceScaleFactor: 2, isMobile: true});
  const table = page.locator("table.st").first();
  if (await table.count() === 0) return context.close();
  await table.scrollIntoViewIfNeeded();
  const edge = await table.boundingBox();
  const rows = await table.evaluate(t => [...t.tBodies[0].rows].filter(r => r.cells.length > 1).map(r => {
    const label = r.cells[0].getBoundingClientRect(), number = r.cells[1].getBoundingClientRect(), top = t.getBoundingClientRect();
    return {name: r.cells[0].textContent, y: label.top - top.top, label: label.right - top.left - 3, number: number.left - top.left + 3};
  }));
  const picture = (await page.screenshot({fullPage: true, clip: {x: edge.x, y: edge.y + await page.evaluate(() => scrollY), width: 390 - edge.x, height: Math.min(edge.height, 3000)}})).toString("base64");
  const blank = await context.newPage();
  const broken = await blank.evaluate(async ({picture, rows}) => {
    const image = await createImageBitmap(await (await fetch("data:image/png;base64," + picture)).blob());
    const canvas = document.createElement("canvas");
    canvas.width = image.width, canvas.height = image.height;
    const pen = canvas.getContext("2d");
    pen.drawImage(image, 0, 0);
    const ruled = (x, y) => {
      const {data} = pen.getImageData(Math.round(x * 2), Math.round(y * 2) - 3, 1, 8);
      for (let i = 4; i < data.length; i += 4) if (data[i] !== data[0]) return true;
      return false;
    };
    return rows.filter(r => r.y * 2 + 8 < image.height && ruled(r.label, r.y) !== ruled(r.number, r.y)).map(r => r.name);
  }, {picture, rows});
  check(rows.length > 0 && broken.length === 0, `${name}: rules run through labels and numbers on a phone`, broken.join("; "));
  await context.close();
}

async function accessible(browser, url, name) {
  for (const colorScheme of ["light", "dark"]) {
    // The policy of the page refuses strangers' scripts, axe-core too: this one look is taken without it.
    const {context, page} = await open(browser, url, {colorScheme, bypassCSP: true});
    await page.evaluate(axe);
    const result = await page.evaluate(() => axe.run(document, {resultTypes: ["violations"]}));
    const said = result.violations.map(v => `${v.id} (${v.nodes.length}): ${v.nodes[0].html.slice(0, 160)} ${v.nodes[0].failureSummary ?? ""}`);
    check(said.length === 0, `${name}: axe-core, ${colorScheme}`, said.join("\n  "));
    await context.close();
  }
}

async function keyboard(browser, url, name) {
  const {context, page, strange} = await open(browser, url);
  await page.keyboard.press("Tab");
  check(await page.evaluate(() => document.activeElement.matches(".skip")), `${name}: Tab reaches the skip link first`);
  const number = page.locator(".tiles a, table.st td a, a.n").first();
  if (await number.count()) {
    await number.focus();
    await page.keyboard.press("Enter");
    const panel = page.locator(".inspector");
    check(await panel.isVisible(), `${name}: Enter on a number opens the inspector`);
    check(await page.evaluate(() => document.querySelector(".inspector").contains(document.activeElement)), `${name}: the inspector takes the focus`);
    const text = (await panel.textContent()) ?? "";
    check(/Concept/.test(text) && /Period/.test(text) && /Line:column/.test(text), `${name}: the inspector tells concept, period and place`, text);
    check((await panel.locator("blockquote").count()) === 1, `${name}: the inspector quotes the release`);
    await page.keyboard.press("Escape");
    check(!(await panel.isVisible()), `${name}: Escape closes the inspector`);
    check(await number.evaluate(e => e === document.activeElement), `${name}: the focus returns to the number`);
  }
  const before = await page.locator(".facts li:visible").count();
  const search = page.locator("input[type=search]");
  if (before && (await search.count())) {
    await search.fill("zzzz no such fact");
    check((await page.locator(".facts li:visible").count()) === 0, `${name}: the search filters`);
    await search.fill("");
    check((await page.locator(".facts li:visible").count()) === before, `${name}: an emptied search shows all`);
  }
  const amounts = page.locator(".tools select").first();
  if (await amounts.count()) {
    const printed = await page.locator("table.st").first().innerText();
    await amounts.selectOption({index: 3});
    check((await page.locator("table.st").first().innerText()) !== printed, `${name}: amounts in millions`);
    await amounts.selectOption({index: 0});
    check((await page.locator("table.st").first().innerText()) === printed, `${name}: amounts as printed again`);
  }
  check(strange.length === 0, `${name}: quiet under the keyboard`, strange.join("; "));
  await context.close();
}

/** Everything stands in the page itself: links lead somewhere, identifiers are unique, and no script is needed. */
async function whole(browser, url, name) {
  const {context, page} = await open(browser, url, {javaScriptEnabled: false});
  const html = await page.content();
  await context.close();
  const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(m => m[1]);
  const known = new Set(ids);
  check(known.size === ids.length, `${name}: identifiers are unique`, ids.find((id, i) => ids.indexOf(id) !== i));
  const dead = [...html.matchAll(/\shref="#([^"]*)"/g)].map(m => m[1]).filter(id => !known.has(id));
  check(dead.length === 0, `${name}: every anchor leads somewhere`, dead.slice(0, 5).join(", ") + ` (${dead.length})`);
  for (const part of ["main", "proofs", "release", "facts"]) check(known.has(part), `${name}: without script there is #${part}`);
  check(!/<(?:link|img|iframe|object|embed)\b/i.test(html), `${name}: nothing external`);
}

function nu(files, name) {
  if (!existsSync(vnu) || spawnSync("java", ["-version"]).error) { console.log("skipped: the Nu HTML checker needs java"); return; }
  const run = spawnSync("java", ["-jar", vnu, "--format", "json", "--errors-only", ...files], {encoding: "utf8", maxBuffer: 1 << 26});
  let messages;
  try { messages = JSON.parse(run.stderr).messages; } catch { check(false, `${name}: the Nu HTML checker runs`, run.stderr.slice(0, 400)); return; }
  for (const file of files) {
    const said = messages.filter(m => m.url?.endsWith(file)).map(m => `${m.lastLine}:${m.lastColumn} ${m.message}`);
    check(said.length === 0, `${basename(dirname(file))}/${basename(file)}: the Nu HTML checker finds no error`, said.slice(0, 4).join("\n  ") + (said.length > 4 ? `\n  and ${said.length - 4} more` : ""));
  }
}

/** The inline document as readers see it: without the elements of inline XBRL, which the Nu checker does not know. */
function plain(folder) {
  const inline = readdirSync(folder).find(f => f.endsWith(".htm"));
  const path = join(folder, "plain.xhtml");
  writeFileSync(path, readFileSync(join(folder, inline), "utf8").replace(/<meta http-equiv[^>]*>/, "").replace(/<ix:header>[\s\S]*?<\/ix:header>/, "").replace(/<\/?ix:[^>]*>/g, "").replace(/ xmlns:\w[\w-]*="[^"]*"/g, ""));
  return path;
}

async function inlineDocument(browser, folder, name) {
  const inline = readdirSync(folder).find(f => f.endsWith(".htm"));
  const {context, page, strange} = await open(browser, pathToFileURL(join(folder, inline)).href, {viewport: {width: 390, height: 844}});
  await page.screenshot({path: join(pictures, `${name}-inline.png`), fullPage: true});
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  check(wide <= 0, `${name}: the inline document does not scroll sideways on a phone`, `${wide} px too wide`);
  check(strange.length === 0, `${name}: the inline document is quiet`, strange.join("; "));
  await context.close();
}

async function hostile(browser, folder, name) {
  const inline = readdirSync(folder).find(f => f.endsWith(".htm"));
  for (const file of ["index.html", inline].filter(Boolean)) {
    const {context, page, strange} = await open(browser, pathToFileURL(join(folder, file)).href);
    await page.waitForTimeout(200);
    check(strange.length === 0, `${name}: ${file} is inert`, strange.join("; "));
    check((await page.title()) !== "owned", `${name}: ${file} runs no script`);
    const active = await page.evaluate(() => ({
      scripts: [...document.scripts].filter(s => s.type !== "application/ld+json").length,
      handlers: [...document.querySelectorAll("*")].flatMap(e => [...e.attributes]).filter(a => /^on/i.test(a.name)).length,
      links: [...document.links].filter(a => !/^(file|https?|mailto):/i.test(a.href)).map(a => a.href),
      foreign: document.querySelectorAll("iframe, img, object, embed, link, base, form").length,
    }));
    check(active.scripts === (file === "index.html" ? 1 : 0), `${name}: ${file} has no stranger's script`, `${active.scripts} scripts`);
    check(active.handlers === 0 && active.foreign === 0, `${name}: ${file} has no handlers and loads nothing`, JSON.stringify(active));
    check(active.links.length === 0, `${name}: ${file} has no scheme that runs`, active.links.join(" "));
    const text = await page.evaluate(() => document.body.innerText);
    check(text.includes("{{ 7 * 7 }}") && !/\b49\b/.test(text), `${name}: ${file} shows template syntax as it stands`);
    check(text.length > 800, `${name}: ${file} shows the release`, `${text.length} characters`);
    await context.close();
  }
  const report = readFileSync(join(folder, "report.md"), "utf8");
  check(!/(^|[^\\])<[a-z!\/]/i.test(report), `${name}: report.md has no raw HTML`, (/(^|[^\\])<[a-z!\/].{0,60}/i.exec(report) ?? [])[0]);
  check(!/\]\((?:javascript|data|vbscript):/i.test(report), `${name}: report.md has no link that runs`);
}

check(!execFileSync(process.execPath, [join(here, "script_hash.mjs"), "--check"], {encoding: "utf8"}).includes("written"), "the policy fits the script");
const work = mkdtempSync(join(tmpdir(), "factpress-browser-"));
mkdirSync(pictures, {recursive: true});
const launch = (...more) => chromium.launch({
  executablePath: browserPath,
  args: ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", ...more],
});
const browser = await launch("--disable-gpu");
const layered = await launch();  // draws what stands still in layers of its own, as phones do
try {
  const samples = readdirSync(join(root, "samples")).filter(f => /\.(md|txt|htm|html)$/.test(f) && f !== "README.md").sort();
  const releases = [...samples.map(f => join(root, "samples", f)), join(here, "hostile.md"), ...(argument("--also") ? [resolve(argument("--also"))] : [])];
  const pages = [];
  for (const release of releases) {
    const name = basename(release).replace(/\.[^.]*$/, "");
    const {folder, run} = build(release, join(work, name));
    const page = join(folder, "index.html");
    check(existsSync(page), `${name}: builds`, run.stderr.slice(-600));
    if (!existsSync(page)) continue;
    pages.push(page);
    const url = pathToFileURL(page).href;
    check(statSync(page).size <= 200 * 1024, `${name}: at most 200 KB`, `${statSync(page).size} bytes`);
    await pictureOf(browser, url, name);
    await rules(layered, url, name);
    await accessible(browser, url, name);
    await keyboard(browser, url, name);
    await whole(browser, url, name);
    await inlineDocument(browser, folder, name);
    pages.push(plain(folder));
    if (name === "hostile") await hostile(browser, folder, name);
  }
  nu(pages, "pages");
} finally {
  await browser.close();
  await layered.close();
  rmSync(work, {recursive: true, force: true});
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
