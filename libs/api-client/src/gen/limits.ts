/** Generated from apps/edge/openapi.json by write-limits.mjs. Do not edit. */
export const limits = {
  "Credentials": {
    "email": {
      "maxLength": 254
    },
    "password": {
      "minLength": 1,
      "maxLength": 128
    }
  },
  "NewAccount": {
    "email": {
      "maxLength": 254
    },
    "password": {
      "minLength": 10,
      "maxLength": 128
    },
    "profileName": {
      "minLength": 1,
      "maxLength": 50
    }
  },
  "NewTitle": {
    "name": {
      "minLength": 1,
      "maxLength": 200
    },
    "synopsis": {
      "maxLength": 4000
    },
    "releaseYear": {
      "minimum": 1888,
      "maximum": 2100
    },
    "runtimeMinutes": {
      "minimum": 1,
      "maximum": 6000
    },
    "seasonCount": {
      "minimum": 1,
      "maximum": 500
    },
    "score": {
      "minimum": 0,
      "maximum": 10
    },
    "externalId": {
      "minLength": 1,
      "maxLength": 200
    },
    "slug": {
      "maxLength": 120
    }
  },
  "NewUpload": {
    "fileName": {
      "minLength": 1,
      "maxLength": 255
    },
    "sizeBytes": {
      "minimum": 1,
      "maximum": 9007199254740991
    }
  },
  "PlaybackHeartbeat": {
    "positionMs": {
      "minimum": 0,
      "maximum": 9007199254740991
    }
  },
  "SeasonInput": {
    "name": {
      "maxLength": 200
    },
    "synopsis": {
      "maxLength": 4000
    },
    "releaseYear": {
      "minimum": 1888,
      "maximum": 2100
    }
  }
} as const;
