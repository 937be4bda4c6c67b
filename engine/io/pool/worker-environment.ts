/** What a process that runs plugins has of this one's environment: an allow-list, so that nothing secret is in it. */
export function workerEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => ALLOWED.test(entry[0]) && entry[1] !== undefined,
  );
  return Object.fromEntries(entries);
}

const ALLOWED = /^(PATH|HOME|TMPDIR|LANG|LC_.*|TZ|LD_LIBRARY_PATH|NODE_EXTRA_CA_CERTS|NODE_COMPILE_CACHE|SYSTEMROOT)$/;
