// Writes the hash of the page's script into its Content-Security-Policy: run it after every change of the script.
//   node tests/browser/script_hash.mjs [--check]
import {createHash} from "node:crypto";
import {readFileSync, writeFileSync} from "node:fs";

const file = new URL("../../templates/html/index.html", import.meta.url);
const page = readFileSync(file, "utf8");
const script = /\n<script>([^]*?)<\/script>/.exec(page)[1];
const wanted = "'sha256-" + createHash("sha256").update(script).digest("base64") + "'";
const mended = page.replace(/(block script_hash %\})[^{]*/, (_, head) => head + wanted);
if (mended === page) console.log("up to date: " + wanted);
else if (process.argv.includes("--check")) { console.error("the page's policy does not fit its script; run node tests/browser/script_hash.mjs"); process.exit(1); }
else { writeFileSync(file, mended); console.log("written: " + wanted); }
