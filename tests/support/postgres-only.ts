// Without a PostgreSQL the tests that need one are skipped; its setup has said so.
import { beforeEach } from 'vitest';
import { isOnPostgres } from './database.ts';

beforeEach(({ skip }) => skip(!isOnPostgres, 'no PostgreSQL to be had'));
