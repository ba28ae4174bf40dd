"""The domain: who is a contact, when were the two in touch, who is due. Pure."""
