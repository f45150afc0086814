"""Reads the catalog of Viernes over gRPC and its events from Kafka."""
