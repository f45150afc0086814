/** Generated from apps/edge/openapi.json by write-limits.mjs. Do not edit. */
export const limits = {
  "AccountDeletion": {
    "password": {
      "minLength": 1,
      "maxLength": 128
    }
  },
  "AccountExportRequest": {
    "password": {
      "minLength": 1,
      "maxLength": 128
    }
  },
  "ApiKeyRotation": {
    "overlapHours": {
      "minimum": 0,
      "maximum": 168
    },
    "validDays": {
      "minimum": 1,
      "maximum": 365
    },
    "password": {
      "minLength": 1,
      "maxLength": 128
    }
  },
  "Credentials": {
    "email": {
      "maxLength": 254
    },
    "password": {
      "minLength": 1,
      "maxLength": 128
    }
  },
  "EmailChange": {
    "password": {
      "minLength": 1,
      "maxLength": 128
    },
    "email": {
      "maxLength": 254
    }
  },
  "EpisodeInput": {
    "name": {
      "minLength": 1,
      "maxLength": 200
    },
    "synopsis": {
      "maxLength": 4000
    },
    "runtimeMinutes": {
      "minimum": 1,
      "maximum": 6000
    }
  },
  "IdentityLinkStart": {
    "providerId": {
      "minLength": 1,
      "maxLength": 100
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
  "NewApiKey": {
    "name": {
      "minLength": 1,
      "maxLength": 50
    },
    "scopes": {
      "maxItems": 8
    },
    "validDays": {
      "minimum": 1,
      "maximum": 365
    },
    "password": {
      "minLength": 1,
      "maxLength": 128
    }
  },
  "NewPasskey": {
    "name": {
      "minLength": 1,
      "maxLength": 50
    },
    "credential": {
      "id": {
        "minLength": 2,
        "maxLength": 1364
      },
      "response": {
        "clientDataJSON": {
          "minLength": 2,
          "maxLength": 16384
        },
        "attestationObject": {
          "minLength": 2,
          "maxLength": 16384
        },
        "transports": {
          "maxItems": 10,
          "items": {
            "maxLength": 50
          }
        }
      }
    }
  },
  "NewProfile": {
    "name": {
      "minLength": 1,
      "maxLength": 50
    }
  },
  "NewSeason": {
    "number": {
      "minimum": 0,
      "maximum": 500
    },
    "name": {
      "maxLength": 200
    },
    "synopsis": {
      "maxLength": 4000
    },
    "releaseYear": {
      "minimum": 1888,
      "maximum": 2100
    },
    "episodes": {
      "maxItems": 400,
      "items": {
        "number": {
          "minimum": 0,
          "maximum": 2000
        },
        "name": {
          "minLength": 1,
          "maxLength": 200
        },
        "synopsis": {
          "maxLength": 4000
        },
        "runtimeMinutes": {
          "minimum": 1,
          "maximum": 6000
        }
      }
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
    "genres": {
      "maxItems": 10,
      "items": {
        "minLength": 1,
        "maxLength": 40
      }
    },
    "credits": {
      "maxItems": 200,
      "items": {
        "name": {
          "minLength": 1,
          "maxLength": 100
        },
        "character": {
          "minLength": 1,
          "maxLength": 200
        }
      }
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
    },
    "countries": {
      "maxItems": 50
    },
    "languages": {
      "maxItems": 50
    },
    "artwork": {
      "maxItems": 20
    },
    "availability": {
      "maxItems": 20
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
  "NewWebhook": {
    "url": {
      "maxLength": 1000
    },
    "eventTypes": {
      "maxItems": 2
    }
  },
  "PartNumbers": {
    "partNumbers": {
      "maxItems": 100,
      "items": {
        "minimum": 1,
        "maximum": 1000
      }
    }
  },
  "PartyClientMessage": {
    "control": {
      "positionMs": {
        "minimum": 0,
        "maximum": 9007199254740991
      }
    },
    "text": {
      "text": {
        "minLength": 1,
        "maxLength": 500
      }
    }
  },
  "PasskeyRegistrationRequest": {
    "password": {
      "minLength": 1,
      "maxLength": 128
    }
  },
  "PasskeySignIn": {
    "credential": {
      "id": {
        "minLength": 2,
        "maxLength": 1364
      },
      "response": {
        "clientDataJSON": {
          "minLength": 2,
          "maxLength": 16384
        },
        "authenticatorData": {
          "minLength": 2,
          "maxLength": 16384
        },
        "signature": {
          "minLength": 2,
          "maxLength": 16384
        },
        "userHandle": {
          "minLength": 2,
          "maxLength": 86
        }
      }
    }
  },
  "PasswordChange": {
    "password": {
      "minLength": 1,
      "maxLength": 128
    },
    "newPassword": {
      "minLength": 10,
      "maxLength": 128
    }
  },
  "PasswordReset": {
    "newPassword": {
      "minLength": 10,
      "maxLength": 128
    }
  },
  "PasswordResetRequest": {
    "email": {
      "maxLength": 254
    }
  },
  "PersonInput": {
    "name": {
      "minLength": 1,
      "maxLength": 100
    },
    "slug": {
      "maxLength": 120
    }
  },
  "PinRemoval": {
    "password": {
      "minLength": 1,
      "maxLength": 128
    }
  },
  "PlaybackHeartbeat": {
    "positionMs": {
      "minimum": 0,
      "maximum": 9007199254740991
    }
  },
  "ProviderResponse": {
    "state": {
      "minLength": 1,
      "maxLength": 200
    },
    "code": {
      "minLength": 1,
      "maxLength": 4096
    },
    "iss": {
      "minLength": 1,
      "maxLength": 1000
    }
  },
  "ProviderSignInStart": {
    "providerId": {
      "minLength": 1,
      "maxLength": 100
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
    },
    "episodes": {
      "maxItems": 400,
      "items": {
        "number": {
          "minimum": 0,
          "maximum": 2000
        },
        "name": {
          "minLength": 1,
          "maxLength": 200
        },
        "synopsis": {
          "maxLength": 4000
        },
        "runtimeMinutes": {
          "minimum": 1,
          "maximum": 6000
        }
      }
    }
  },
  "SubscribeMessage": {
    "id": {
      "maxLength": 100
    },
    "topics": {
      "maxItems": 4
    }
  },
  "TitleImport": {
    "titles": {
      "maxItems": 250
    }
  },
  "TitleSocketRequest": {
    "id": {
      "maxLength": 100
    }
  },
  "WebhookSecretRotation": {
    "overlapHours": {
      "minimum": 0,
      "maximum": 168
    }
  }
} as const;

/** The values of the enums, by the names of their schemas. */
export const enumValues = {"ApiKeyScope":["catalog:read","catalog:write","playback","watching:read","watching:write","profiles:read","dead-letters","usage:read"],"AssetState":["uploaded","processing","playable","ready","failed"],"Avatar":["star","moon","rocket","robot","ghost","bear","cat","dog","fox","owl"],"CountryCode":["AD","AE","AF","AG","AI","AL","AM","AO","AQ","AR","AS","AT","AU","AW","AX","AZ","BA","BB","BD","BE","BF","BG","BH","BI","BJ","BL","BM","BN","BO","BQ","BR","BS","BT","BV","BW","BY","BZ","CA","CC","CD","CF","CG","CH","CI","CK","CL","CM","CN","CO","CR","CU","CV","CW","CX","CY","CZ","DE","DJ","DK","DM","DO","DZ","EC","EE","EG","EH","ER","ES","ET","FI","FJ","FK","FM","FO","FR","GA","GB","GD","GE","GF","GG","GH","GI","GL","GM","GN","GP","GQ","GR","GS","GT","GU","GW","GY","HK","HM","HN","HR","HT","HU","ID","IE","IL","IM","IN","IO","IQ","IR","IS","IT","JE","JM","JO","JP","KE","KG","KH","KI","KM","KN","KP","KR","KW","KY","KZ","LA","LB","LC","LI","LK","LR","LS","LT","LU","LV","LY","MA","MC","MD","ME","MF","MG","MH","MK","ML","MM","MN","MO","MP","MQ","MR","MS","MT","MU","MV","MW","MX","MY","MZ","NA","NC","NE","NF","NG","NI","NL","NO","NP","NR","NU","NZ","OM","PA","PE","PF","PG","PH","PK","PL","PM","PN","PR","PS","PT","PW","PY","QA","RE","RO","RS","RU","RW","SA","SB","SC","SD","SE","SG","SH","SI","SJ","SK","SL","SM","SN","SO","SR","SS","ST","SV","SX","SY","SZ","TC","TD","TF","TG","TH","TJ","TK","TL","TM","TN","TO","TR","TT","TV","TW","TZ","UA","UG","UM","US","UY","UZ","VA","VC","VE","VG","VI","VN","VU","WF","WS","XK","YE","YT","ZA","ZM","ZW"],"DeadLetterService":["catalog","user","video"],"DeadLetterState":["parked","redriven","dropped"],"ErrorCode":["REQUEST_INVALID","POSITION_INVALID","CURSOR_INVALID","REQUEST_TIMEOUT","URL_TOO_LONG","HEADERS_TOO_LARGE","BODY_TOO_LARGE","NOT_ACCEPTABLE","MEDIA_TYPE_UNSUPPORTED","PRECONDITION_REQUIRED","IDEMPOTENCY_KEY_INVALID","IDEMPOTENCY_KEY_REUSED","IDEMPOTENCY_KEY_IN_USE","ROUTE_NOT_FOUND","METHOD_NOT_ALLOWED","UPGRADE_REQUIRED","UNAUTHENTICATED","CREDENTIALS_WRONG","SESSION_ENDED","SCOPE_MISSING","CSRF_REJECTED","FORBIDDEN","EMAIL_TAKEN","ACCOUNT_NOT_FOUND","LAST_ADMIN","OWN_ROLE","PASSWORD_WRONG","PASSKEY_REJECTED","PASSKEY_NOT_FOUND","PASSKEY_LIMIT_REACHED","EMAIL_UNVERIFIED","SIGN_IN_PROVIDER_NOT_FOUND","SIGN_IN_PROVIDER_UNAVAILABLE","IDENTITY_REJECTED","IDENTITY_EMAIL_UNVERIFIED","IDENTITY_NOT_LINKED","IDENTITY_CONFLICT","IDENTITY_NOT_FOUND","API_KEY_NOT_FOUND","API_KEY_LIMIT_REACHED","LINK_EXPIRED","MAIL_LIMIT_REACHED","PROFILE_NOT_FOUND","PROFILE_NAME_TAKEN","PROFILE_LIMIT_REACHED","PROFILE_REQUIRED","PROFILE_LIMITED","PROFILE_NOT_SELECTED","PIN_REQUIRED","PIN_WRONG","PIN_LOCKED","MY_LIST_FULL","TITLE_NOT_FOUND","TITLE_EXISTS","TITLE_NOT_PLAYABLE","TITLE_CHANGED","TITLE_NOT_A_SERIES","TITLE_KIND_IN_USE","TITLE_HAS_EPISODES","SEASON_EXISTS","SEASON_CHANGED","SEASON_NOT_FOUND","EPISODE_NOT_FOUND","PERSON_EXISTS","PERSON_CHANGED","PERSON_NOT_FOUND","UPLOAD_NOT_FOUND","UPLOAD_TOO_LARGE","UPLOAD_CLOSED","UPLOAD_INCOMPLETE","UPLOAD_SIZE_MISMATCH","UPLOAD_CHECKSUM_MISMATCH","UPLOAD_LIMIT_REACHED","ASSET_NOT_FOUND","SOURCE_UNREADABLE","SOURCE_LIMIT_EXCEEDED","TRANSCODE_FAILED","LEASE_LOST","PLAYBACK_NOT_FOUND","RENDITION_NOT_FOUND","STREAM_LIMIT_REACHED","PARTY_NOT_FOUND","PARTY_FULL","PARTY_LIMIT_REACHED","DEAD_LETTER_NOT_FOUND","DEAD_LETTER_RESOLVED","WEBHOOK_NOT_FOUND","WEBHOOK_LIMIT_REACHED","WEBHOOK_DISABLED","WEBHOOK_DELIVERY_NOT_FOUND","WEBHOOKS_UNAVAILABLE","QUOTA_EXCEEDED","TRACE_NOT_FOUND","RATE_LIMITED","OVERLOADED","DEPENDENCY_UNAVAILABLE","DEADLINE_EXCEEDED","INTERNAL"],"HomeSource":["catalog","user"],"LiveTopic":["titles","uploads","transcodes","session"],"MaturityRating":["G","PG","PG-13","R","NC-17","TV-Y","TV-Y7","TV-Y7-FV","TV-G","TV-PG","TV-14","TV-MA","NR","UR"],"MinimumAge":[0,7,8,13,14,17,18],"PartyReactionKind":["laugh","love","wow","sad","applause"],"RenditionKind":["video","audio"],"RenditionState":["queued","running","succeeded","failed"],"Thumb":["up","down"],"TitleKind":["film","series"],"UploadState":["open","completed","aborted","expired","rejected"],"WebhookDeliveryState":["pending","delivered","failed"],"WebhookEventType":["title.published","asset.failed"],"WebhookMessageType":["title.published","asset.failed","webhook.test"]} as const;
