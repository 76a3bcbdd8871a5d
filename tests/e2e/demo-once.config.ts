/** The gate makes the demo district once, before its workers begin; a test that runs alone makes it where it asks. */
import { DEMO_FOLDER, demoFolder } from './support/demo-app.ts';

export default async function makeOnce(): Promise<void> {
	process.env[DEMO_FOLDER] = await demoFolder();
}
