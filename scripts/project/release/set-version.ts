/** Files with the version, and the text before it in each. */
const PLACES: Record<string, RegExp> = {
  'package.json': /^( {2}"version": ")[^"]+/m,
  'client/package.json': /^( {2}"version": ")[^"]+/m,
  // The lock names it twice: its own, and that of the package without a name.
  'package-lock.json': /^((?: {2}| {6})"version": ")[^"]+(?=",\n {2,6}"(?:lockfileVersion|license))/gm,
  'client/README.md': /(switchboard-client-)[\d.]+(?=\.tgz)/g,
  'test/system/rollover/previous-release/README.md': /(of version )[\d.]+(?=:)/,
};

export const VERSIONED_FILES: readonly string[] = Object.keys(PLACES);

/** The text of one of these files with another version. */
export const withVersion = (file: string, text: string, version: string): string =>
  text.replace(PLACES[file] as RegExp, `$1${version}`);
