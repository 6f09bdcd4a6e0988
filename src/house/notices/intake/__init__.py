"""Answers by mail: taken in durably, then read by the worker. See the README of notices."""
