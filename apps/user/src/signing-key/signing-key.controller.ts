import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { userV1 } from '@viernes/contracts';
import { Access } from '@viernes/platform';
import { SigningKeys } from './signing-keys.js';

@Controller()
export class SigningKeyController {
  constructor(private readonly signingKeys: SigningKeys) {}

  @GrpcMethod('UserService', 'getJwks')
  @Access('public')
  async getJwks(): Promise<userV1.GetJwksResponse> {
    return { jwksJson: JSON.stringify(await this.signingKeys.getJwks()) };
  }
}
