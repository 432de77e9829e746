const UNRELEASED = '## Unreleased\n';

/** The changelog with its unreleased section as `version`. */
export const released = (changelog: string, version: string, date: string): string => {
  if (notesOf(changelog, 'Unreleased') === undefined)
    throw new Error('CHANGELOG.md has nothing under Unreleased. Write what changed, then release.');
  return changelog.replace(UNRELEASED, `${UNRELEASED}\n## ${version} - ${date}\n`);
};

/** The changelog's text of a version, if there is any. */
export const notesOf = (changelog: string, version: string): string | undefined => {
  const [, ...sections] = changelog.split(/^## /m);
  const section = sections.find((one) => /^\S+/.exec(one)?.[0] === version);
  return section?.replace(/^.*\n/, '').trim() || undefined;
};
