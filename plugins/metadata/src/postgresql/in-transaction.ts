import type pg from "pg";

/**
 * Runs `write` in a transaction that is durable once committed, one of a schema at a time: so two that store the same
 * keys in another order can't wait for each other, and what is stored later has the higher `seq` and is seen later.
 */
export async function inTransaction<T>(
  pool: pg.Pool,
  schema: string,
  write: (client: pg.PoolClient) => Promise<T>,
  commit = async (client: pg.PoolClient) => void (await client.query("COMMIT")),
): Promise<T> {
  const client = await pool.connect();
  // A connection that breaks between two statements says so by an event, which nobody else hears; the next statement
  // fails.
  client.on("error", ignore);
  let isLost = false;
  try {
    await client.query("BEGIN; SET LOCAL synchronous_commit = on");
    await client.query("SELECT pg_advisory_xact_lock(hashtext('orchestrate_metadata'), hashtext($1))", [schema]);
    const result = await write(client);
    await commit(client);
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {
      isLost = true;
    });
    throw error;
  } finally {
    client.off("error", ignore);
    client.release(isLost);
  }
}

function ignore(): void {}
