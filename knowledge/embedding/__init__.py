"""Turns text into vectors on this machine: the built-in multilingual model, any other model, and a fake.

Must never import: any other part of `knowledge` except its errors, the database, the web, the settings. Importing it is free;
the model's libraries are loaded by `load_encoder` and by nothing else.

Public names:
    encoder.Encoder, encoder.TokenVectors   the port
    loading.load_encoder                    the built-in model's folder, another folder, or a hub name
    model_folder.unpack, model_folder.check make and inspect the built-in model's folder
    hash_encoder.HashEncoder                a deterministic encoder with no model, for tests and dry runs
    errors                                  what can go wrong
"""
