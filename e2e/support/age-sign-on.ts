import Database from 'better-sqlite3';
import { z } from 'zod';
import type { StackInfo } from './shared-stack.ts';

const grant = z.object({ id: z.string(), sid: z.string() });

/** As if a person's latest sign-in at the blog had been this long ago: for the provider, and for what it issues from now on. */
export function ageSignOnAtBlog({ files }: StackInfo, username: string, seconds: number): void {
  const database = new Database(files.databases.idp, { timeout: 10_000 });
  const authTime = Math.floor(Date.now() / 1000) - seconds;
  try {
    const { id, sid } = grant.parse(
      database
        .prepare(
          `select id, sid from grants where client_id = 'blog'
           and sub = (select sub from people where username = ?) order by arrival desc limit 1`,
        )
        .get(username),
    );
    database.prepare(`update sessions set auth_time = ? where sid = ?`).run(authTime, sid);
    database
      .prepare(`update grants set details = json_set(details, '$.authTime', ?) where id = ?`)
      .run(authTime, id);
  } finally {
    database.close();
  }
}
