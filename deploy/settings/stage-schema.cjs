const z = require('zod');

const { FUNCTIONS } = require('../functions/functions.cjs');
/** CloudWatch accepts no other number of days. */
const RETENTIONS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const onOrOff = z.enum(['on', 'off'], { error: 'is neither on nor off' });
const whole = (least, most) =>
  z.int({ error: `is not a whole number from ${least} to ${most}` }).check(
    z.refine((number) => number >= least && number <= most, {
      error: `is not a whole number from ${least} to ${most}`,
    }),
  );
const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const arn = (service, what) =>
  z.string({ error: `is not the ARN of a ${what}` }).regex(new RegExp(`^arn:aws[\\w-]*:${service}:`), {
    error: `is not the ARN of a ${what}`,
  });
const id = (kind) =>
  z.string().regex(new RegExp(`^${kind}-[0-9a-f]+$`), { error: `is not an id such as ${kind}-0123abcd` });
/** Zero would refuse everything, and no account may burst above 5,000. */
const throttle = z.strictObject({ rate: whole(1, 1_000_000), burst: whole(1, 5_000) });

/** The schema of a file in deploy/stages. */
exports.stageSchema = (settings) =>
  z
    .strictObject({
      settings: z.strictObject(Object.fromEntries(settings.map((name) => [name, text]))).partial(),
      store: z.enum(['dynamodb', 'mysql'], { error: 'is neither dynamodb nor mysql' }),
      mysql: z.strictObject({
        secret: arn('secretsmanager', 'secret'),
        secretKey: arn('kms', 'key').optional(),
        server: z
          .string()
          .regex(/^[\w.-]+(:\d+)?\/[\w-]+$/, { error: 'is not a host and a database, such as db.example.com/chat' })
          .optional(),
        subnets: z.array(id('subnet')).min(1, { error: 'names no subnet' }),
        securityGroups: z.array(id('sg')).min(1, { error: 'names no security group' }),
        network: z.enum(['nat', 'dualstack'], { error: 'is neither nat nor dualstack' }),
        maxConnections: whole(1, 100_000),
      }),
      service: z
        .string()
        .regex(/^[a-z][a-z0-9-]{0,39}$/, { error: 'is not lower case letters, digits and hyphens' }),
      region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, { error: 'is not a region such as eu-west-1' }),
      tags: z.record(z.string(), z.string()),
      memory: whole(128, 10_240),
      pushMemory: whole(128, 10_240),
      throttle,
      routes: z.record(z.string(), throttle),
      reservedConcurrency: z.partialRecord(z.enum(FUNCTIONS), whole(1, 100_000)),
      parallelFanOut: whole(1, 10),
      // The bounds of an event source mapping.
      piecesAtOnce: whole(2, 1_000),
      logRetentionDays: z.literal(RETENTIONS, { error: `is none of ${RETENTIONS.join(', ')}` }),
      metrics: onOrOff,
      requestQuota: whole(1, 10_000_000),
      accessLogs: onOrOff,
      tracing: onOrOff,
      domain: z.strictObject({
        name: z.string().regex(/^([a-z0-9-]+\.)+[a-z]+$/, { error: 'is not a host name' }),
        certificate: z.string().regex(/^arn:aws[\w-]*:acm:/, { error: 'is not the ARN of a certificate' }),
        path: z
          .string()
          .regex(/^[\w-]*$/, { error: 'is not one segment of a path' })
          .default(''),
        only: onOrOff.default('off'),
      }),
      alarms: z.union([
        z.strictObject({ email: z.email({ error: 'is not an address' }) }),
        z.strictObject({
          topic: z.string().regex(/^arn:aws[\w-]*:sns:/, { error: 'is not the ARN of a topic' }),
        }),
      ]),
    })
    .partial();
