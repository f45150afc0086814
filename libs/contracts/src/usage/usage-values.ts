// Values that both the API and the user service validate, in the order of the protobuf enums, in which the first has the number 1.

/** The time that a row of a usage report covers. Days start at midnight UTC. `total`: the entire time of the report. */
export const USAGE_INTERVALS = ['hour', 'day', 'total'] as const;

/** Values by which the rows of a usage report are grouped, in addition to the time. */
export const USAGE_DIMENSIONS = ['account', 'apiKey', 'operation', 'status'] as const;

/** `time`: oldest first. `calls`: most calls first. */
export const USAGE_ORDERS = ['time', 'calls'] as const;

export type UsageInterval = (typeof USAGE_INTERVALS)[number];
export type UsageDimension = (typeof USAGE_DIMENSIONS)[number];
export type UsageOrder = (typeof USAGE_ORDERS)[number];

/**
 * How long hourly rows are stored, in days: the current and the previous month. Also the maximum period of a report.
 */
export const USAGE_RETENTION_DAYS = 62;
