"""The directory in the form others read: Human Services Data Specification 3.0 (Open Referral)."""
