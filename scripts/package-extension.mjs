/**
 * Packs editors/vscode as `build/ionloom-<version>.vsix`, without a network: `node scripts/package-extension.mjs`.
 * A .vsix is a zip file with a manifest; the extension's dependencies go in as they are installed in the checkout.
 */
import { strToU8, zipSync } from 'fflate';
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';

const root = path.dirname(import.meta.dirname);

/** Files of the extension itself. */
const OWN_FILES = [
  'package.json',
  'extension.js',
  'server-command.js',
  'language-configuration.json',
  'syntaxes/ion.tmLanguage.json',
  'README.md',
];

/**
 * The bytes of the package; the same files give the same bytes.
 * @returns {Uint8Array}
 */
export function packExtension() {
  const folder = path.join(root, 'editors', 'vscode');
  const manifest = readJson(path.join(folder, 'package.json'));
  /** @type {Record<string, Uint8Array>} */
  const files = {
    'extension.vsixmanifest': strToU8(vsixManifest(manifest)),
    '[Content_Types].xml': strToU8(CONTENT_TYPES),
    'extension/LICENSE.txt': fs.readFileSync(path.join(root, 'LICENSE')),
  };
  for (const file of OWN_FILES) files[`extension/${file}`] = fs.readFileSync(path.join(folder, file));
  for (const [name, place] of dependencyPlaces(Object.keys(manifest.dependencies), root)) {
    for (const file of runtimeFiles(place)) {
      files[`extension/node_modules/${name}/${file}`] = fs.readFileSync(path.join(place, file));
    }
  }
  return zipSync(files, { level: 9, mtime: new Date('1980-01-01T00:00:00') });
}

/** Packages by name, with those that they need: one version of each, as VS Code's own packaging takes it. */
function dependencyPlaces(names, from, found = new Map()) {
  for (const name of names) {
    const place = placeOf(name, from);
    const { version, dependencies = {} } = readJson(path.join(place, 'package.json'));
    const known = found.get(name);
    if (known !== undefined) {
      const other = readJson(path.join(known, 'package.json')).version;
      if (other !== version) console.error(`${name}: ${other} also takes the place of ${version}`);
      continue;
    }
    found.set(name, place);
    dependencyPlaces(Object.keys(dependencies), place, found);
  }
  return found;
}

/** The folder of a package as Node finds it from `from`. */
function placeOf(name, from) {
  const folders = createRequire(path.join(from, 'package.json')).resolve.paths(name) ?? [];
  const place = folders.map((folder) => path.join(folder, name)).find((folder) => fs.existsSync(folder));
  if (place === undefined) throw new Error(`${name} is not installed; run npm ci`);
  return place;
}

/** What a package needs to run and to be passed on: code and licences, no types, maps or tests. */
function runtimeFiles(place) {
  return fs
    .readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(place, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .filter((file) => !/(^|\/)(node_modules|bin|test|tests)\//.test(file))
    .filter((file) => /\.(c?js|json)$/.test(file) || /(^|\/)(licen[cs]e|thirdpartynotices)(\.\w+)?$/i.test(file))
    .filter((file) => !/(\.config\.js|\.schema\.json|tsconfig.*\.json)$/.test(file))
    .sort();
}

const CONTENT_TYPES = `<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
  <Default Extension=".json" ContentType="application/json"/>
  <Default Extension=".js" ContentType="application/javascript"/>
  <Default Extension=".md" ContentType="text/markdown"/>
  <Default Extension=".txt" ContentType="text/plain"/>
  <Default Extension=".vsixmanifest" ContentType="text/xml"/>
</Types>
`;

function vsixManifest({ name, publisher, version, displayName, description, categories, engines }) {
  return `<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
  <Metadata>
    <Identity Language="en-US" Id="${escapeXml(name)}" Version="${escapeXml(version)}" Publisher="${escapeXml(publisher)}"/>
    <DisplayName>${escapeXml(displayName)}</DisplayName>
    <Description xml:space="preserve">${escapeXml(description)}</Description>
    <Tags>ion,ionloom</Tags>
    <Categories>${escapeXml(categories.join(','))}</Categories>
    <License>extension/LICENSE.txt</License>
    <Properties>
      <Property Id="Microsoft.VisualStudio.Code.Engine" Value="${escapeXml(engines.vscode)}"/>
      <Property Id="Microsoft.VisualStudio.Code.ExtensionKind" Value="workspace"/>
    </Properties>
  </Metadata>
  <Installation>
    <InstallationTarget Id="Microsoft.VisualStudio.Code"/>
  </Installation>
  <Dependencies/>
  <Assets>
    <Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" Addressable="true"/>
    <Asset Type="Microsoft.VisualStudio.Services.Content.Details" Path="extension/README.md" Addressable="true"/>
    <Asset Type="Microsoft.VisualStudio.Services.Content.License" Path="extension/LICENSE.txt" Addressable="true"/>
  </Assets>
</PackageManifest>
`;
}

function escapeXml(text) {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function readJson(file) {
  return JSON.parse(fs.readFileSync(file, 'utf8'));
}

if (process.argv[1] === import.meta.filename) {
  const { version } = readJson(path.join(root, 'editors', 'vscode', 'package.json'));
  const file = path.join(root, 'build', `ionloom-${version}.vsix`);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, packExtension());
  console.log(path.relative(process.cwd(), file));
}
