/** Generated from apps/edge/openapi.json by write-limits.mjs. Do not edit. */
export const queryLimits = {
  "listAccounts": {
    "email": {
      "maxLength": 254
    },
    "pageSize": {
      "minimum": 1,
      "maximum": 100
    },
    "cursor": {
      "maxLength": 200
    }
  },
  "listSecurityEvents": {
    "pageSize": {
      "minimum": 1,
      "maximum": 100
    },
    "cursor": {
      "maxLength": 200
    }
  },
  "listMyList": {
    "pageSize": {
      "minimum": 1,
      "maximum": 100
    },
    "cursor": {
      "maxLength": 200
    }
  },
  "listHistory": {
    "pageSize": {
      "minimum": 1,
      "maximum": 100
    },
    "cursor": {
      "maxLength": 200
    }
  },
  "listTitles": {
    "query": {
      "maxLength": 100
    },
    "genre": {
      "maxItems": 20,
      "items": {
        "maxLength": 40
      }
    },
    "country": {
      "maxItems": 20
    },
    "language": {
      "maxItems": 20
    },
    "yearFrom": {
      "minimum": 1,
      "maximum": 9999
    },
    "yearTo": {
      "minimum": 1,
      "maximum": 9999
    },
    "maximumAge": {
      "minimum": 0,
      "maximum": 21
    },
    "runtimeFrom": {
      "minimum": 0,
      "maximum": 100000
    },
    "runtimeTo": {
      "minimum": 0,
      "maximum": 100000
    },
    "fields": {
      "maxItems": 18
    },
    "include": {
      "maxItems": 1
    },
    "pageSize": {
      "minimum": 1,
      "maximum": 100
    },
    "cursor": {
      "maxLength": 1200
    }
  },
  "listTitleFacets": {
    "query": {
      "maxLength": 100
    },
    "genre": {
      "maxItems": 20,
      "items": {
        "maxLength": 40
      }
    },
    "country": {
      "maxItems": 20
    },
    "language": {
      "maxItems": 20
    },
    "yearFrom": {
      "minimum": 1,
      "maximum": 9999
    },
    "yearTo": {
      "minimum": 1,
      "maximum": 9999
    },
    "maximumAge": {
      "minimum": 0,
      "maximum": 21
    },
    "runtimeFrom": {
      "minimum": 0,
      "maximum": 100000
    },
    "runtimeTo": {
      "minimum": 0,
      "maximum": 100000
    }
  },
  "listTitleSuggestions": {
    "query": {
      "minLength": 1,
      "maxLength": 100
    }
  },
  "listTitleSuggestionsV2": {
    "query": {
      "minLength": 1,
      "maxLength": 100
    }
  },
  "getTitle": {
    "fields": {
      "maxItems": 26
    },
    "include": {
      "maxItems": 2
    }
  },
  "listRelatedTitles": {
    "limit": {
      "minimum": 1,
      "maximum": 50
    },
    "fields": {
      "maxItems": 18
    },
    "include": {
      "maxItems": 1
    }
  },
  "listTitleChanges": {
    "pageSize": {
      "minimum": 1,
      "maximum": 100
    },
    "cursor": {
      "maxLength": 200
    }
  },
  "listSeasonChanges": {
    "pageSize": {
      "minimum": 1,
      "maximum": 100
    },
    "cursor": {
      "maxLength": 200
    }
  },
  "exportTitles": {
    "source": {
      "maxLength": 200
    },
    "pageSize": {
      "minimum": 1,
      "maximum": 100
    }
  },
  "listPersonChanges": {
    "pageSize": {
      "minimum": 1,
      "maximum": 100
    },
    "cursor": {
      "maxLength": 200
    }
  },
  "listDeletions": {
    "pageSize": {
      "minimum": 1,
      "maximum": 100
    },
    "cursor": {
      "maxLength": 200
    }
  },
  "putUploadPart": {
    "token": {
      "minLength": 1,
      "maxLength": 200
    }
  },
  "getMasterPlaylist": {
    "token": {
      "minLength": 1,
      "maxLength": 200
    }
  },
  "getMediaPlaylist": {
    "token": {
      "minLength": 1,
      "maxLength": 200
    }
  },
  "getMedia": {
    "token": {
      "minLength": 1,
      "maxLength": 200
    }
  },
  "endPlayback": {
    "positionMs": {
      "minimum": 0,
      "maximum": 9007199254740991
    }
  },
  "joinParty": {
    "after": {
      "minimum": 0,
      "maximum": 2147483647
    }
  },
  "listWebhookDeliveries": {
    "pageSize": {
      "minimum": 1,
      "maximum": 100
    },
    "cursor": {
      "maxLength": 200
    }
  },
  "listDeadLetters": {
    "pageSize": {
      "minimum": 1,
      "maximum": 100
    },
    "cursor": {
      "maxLength": 200
    }
  },
  "listUsage": {
    "groupBy": {
      "maxItems": 20
    },
    "pageSize": {
      "minimum": 1,
      "maximum": 1000
    },
    "cursor": {
      "maxLength": 600
    }
  }
} as const;
