import type { ManagedAgentsClient } from '../../api/client.ts';
import type { DocumentKind } from '../../documents/editable.ts';
import type { JsonObject } from '../../util/json.ts';

/** An agent or an environment, as far as a document needs to know it. */
export interface ServerObject {
  readonly id: string;
  readonly name: string;
  readonly archivedAt: number | undefined;
  readonly raw: JsonObject;
}

/** The operations that documents use, the same for both kinds. */
export interface ObjectOperations {
  read(client: ManagedAgentsClient, id: string): Promise<ServerObject>;
  update(client: ManagedAgentsClient, id: string, body: JsonObject): Promise<ServerObject>;
  create(client: ManagedAgentsClient, body: JsonObject): Promise<ServerObject>;
}

export const operationsOf: Readonly<Record<DocumentKind, ObjectOperations>> = {
  agent: {
    read: (client, id) => client.getAgent(id),
    update: (client, id, body) => client.updateAgent(id, body),
    create: (client, body) => client.createAgent(body),
  },
  environment: {
    read: (client, id) => client.getEnvironment(id),
    update: (client, id, body) => client.updateEnvironment(id, body),
    create: (client, body) => client.createEnvironment(body),
  },
};
