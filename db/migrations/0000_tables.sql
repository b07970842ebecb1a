CREATE TABLE "approvals2" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"operation" text NOT NULL,
	"subject_id" text NOT NULL,
	"payload_hash" text NOT NULL,
	"payload" jsonb NOT NULL,
	"summary" jsonb NOT NULL,
	"asked_by" uuid NOT NULL,
	"asked_by_person" uuid NOT NULL,
	"asked_by_name" text NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"reason" text,
	"answered_by" uuid,
	"answered_by_person" uuid,
	"answered_by_name" text,
	"answered_at" timestamp with time zone,
	"answer_reason" text,
	"verdict" text,
	"executed_at" timestamp with time zone,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "approvals2_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "approvals2_two_people" CHECK (answered_by_person IS NULL OR answered_by_person <> asked_by_person),
	CONSTRAINT "approvals2_verdict_known" CHECK (verdict IS NULL OR verdict IN ('approved', 'refused')),
	CONSTRAINT "approvals2_executed_if_approved" CHECK (executed_at IS NULL OR verdict = 'approved')
);
--> statement-breakpoint
CREATE TABLE "audit_chain" (
	"district_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"event_id" uuid NOT NULL,
	"prev" "bytea" NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "audit_chain_district_id_seq_pk" PRIMARY KEY("district_id","seq"),
	CONSTRAINT "audit_chain_event_once" UNIQUE("district_id","event_id")
);
--> statement-breakpoint
CREATE TABLE "audit_details" (
	"district_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"details" jsonb NOT NULL,
	CONSTRAINT "audit_details_district_id_event_id_pk" PRIMARY KEY("district_id","event_id")
);
--> statement-breakpoint
CREATE TABLE "audit_events" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor_user_id" uuid,
	"actor_person_id" uuid,
	"actor_name" text NOT NULL,
	"grant_id" uuid,
	"role" text NOT NULL,
	"on_behalf_of" uuid,
	"session_id" uuid,
	"request_id" text,
	"action" text NOT NULL,
	"resource" text,
	"object_id" text,
	"teacher_id" uuid,
	"outcome" text NOT NULL,
	"reason" text,
	"details_hash" text,
	"h" "bytea" NOT NULL,
	CONSTRAINT "audit_events_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "audit_events_outcome_known" CHECK (outcome IN ('done', 'refused', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "audit_heads" (
	"district_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"hash" "bytea" NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"reason" text NOT NULL,
	"signature" "bytea" NOT NULL,
	CONSTRAINT "audit_heads_district_id_seq_pk" PRIMARY KEY("district_id","seq")
);
--> statement-breakpoint
CREATE TABLE "audit_pending" (
	"district_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	CONSTRAINT "audit_pending_district_id_event_id_pk" PRIMARY KEY("district_id","event_id")
);
--> statement-breakpoint
CREATE TABLE "credentials" (
	"district_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"login" text NOT NULL,
	"password_hash" text,
	"previous_hashes" text[] DEFAULT '{}' NOT NULL,
	"password_set_at" timestamp with time zone,
	"must_change" boolean DEFAULT true NOT NULL,
	"link_hash" "bytea",
	"link_expires_at" timestamp with time zone,
	CONSTRAINT "credentials_district_id_user_id_pk" PRIMARY KEY("district_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "data_keys" (
	"district_id" uuid NOT NULL,
	"key_id" smallint NOT NULL,
	"purpose" text NOT NULL,
	"wrapped" "bytea" NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"retired_at" timestamp with time zone,
	CONSTRAINT "data_keys_district_id_key_id_pk" PRIMARY KEY("district_id","key_id")
);
--> statement-breakpoint
CREATE TABLE "districts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"document_prefix" text NOT NULL,
	"time_zone" text DEFAULT 'Asia/Shanghai' NOT NULL,
	"demo" boolean DEFAULT false NOT NULL,
	"settings" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "districts_code_once" UNIQUE("code")
);
--> statement-breakpoint
CREATE TABLE "export_log" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"number" bigint GENERATED ALWAYS AS IDENTITY (sequence name "export_log_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"page" text NOT NULL,
	"purpose" text NOT NULL,
	"filter" jsonb NOT NULL,
	"columns" text[] NOT NULL,
	"row_count" integer NOT NULL,
	"teacher_ids" uuid[] DEFAULT '{}' NOT NULL,
	"file_hash" text,
	"by_user" uuid NOT NULL,
	"by_name" text NOT NULL,
	"role" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "export_log_district_id_id_pk" PRIMARY KEY("district_id","id")
);
--> statement-breakpoint
CREATE TABLE "field_changes" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"seq" bigint GENERATED ALWAYS AS IDENTITY (sequence name "field_changes_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"entity" text NOT NULL,
	"entity_id" text NOT NULL,
	"teacher_id" uuid,
	"school_id" uuid,
	"operation" text NOT NULL,
	"field" text,
	"old" jsonb,
	"new" jsonb,
	"sensitive" boolean DEFAULT false NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_user" uuid,
	"by_name" text NOT NULL,
	"reason" text,
	"batch_id" uuid,
	CONSTRAINT "field_changes_district_id_id_pk" PRIMARY KEY("district_id","id")
);
--> statement-breakpoint
CREATE TABLE "files" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"media_type" text NOT NULL,
	"size" integer NOT NULL,
	"sha256" text NOT NULL,
	"owner_kind" text NOT NULL,
	"owner_id" uuid,
	"school_id" uuid,
	"teacher_id" uuid,
	"uploaded_by" uuid,
	"at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "files_district_id_id_pk" PRIMARY KEY("district_id","id")
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"district_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"key" text NOT NULL,
	"command" text NOT NULL,
	"payload_hash" text NOT NULL,
	"answer" jsonb NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_district_id_user_id_key_pk" PRIMARY KEY("district_id","user_id","key")
);
--> statement-breakpoint
CREATE TABLE "import_batches" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"file_id" uuid,
	"file_name" text NOT NULL,
	"file_hash" text NOT NULL,
	"statistics_date" date,
	"state" text NOT NULL,
	"mapping" jsonb,
	"choices" jsonb,
	"counts" jsonb,
	"refusal" jsonb,
	"progress" integer DEFAULT 0 NOT NULL,
	"school_id" uuid,
	"created_by" uuid,
	"created_by_name" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"confirmed_at" timestamp with time zone,
	"confirmed_by" uuid,
	"undone_at" timestamp with time zone,
	"undone_by" uuid,
	CONSTRAINT "import_batches_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "import_batches_kind_known" CHECK (kind IN ('schools', 'roster', 'registers')),
	CONSTRAINT "import_batches_state_known" CHECK (state IN ('uploaded', 'reading', 'mapped', 'ready', 'refused', 'confirming', 'confirmed', 'undone', 'discarded'))
);
--> statement-breakpoint
CREATE TABLE "import_mappings" (
	"district_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"heading" text NOT NULL,
	"field" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "import_mappings_district_id_kind_heading_pk" PRIMARY KEY("district_id","kind","heading")
);
--> statement-breakpoint
CREATE TABLE "import_rows" (
	"district_id" uuid NOT NULL,
	"batch_id" uuid NOT NULL,
	"sheet" text NOT NULL,
	"row" integer NOT NULL,
	"outcome" text NOT NULL,
	"label" text NOT NULL,
	"school_name" text,
	"teacher_id" uuid,
	"sealed" "bytea",
	"changes" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"findings" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"severity" text,
	CONSTRAINT "import_rows_district_id_batch_id_sheet_row_pk" PRIMARY KEY("district_id","batch_id","sheet","row")
);
--> statement-breakpoint
CREATE TABLE "job_runs" (
	"district_id" uuid NOT NULL,
	"name" text NOT NULL,
	"for_day" date NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"report" jsonb,
	CONSTRAINT "job_runs_district_id_name_for_day_pk" PRIMARY KEY("district_id","name","for_day")
);
--> statement-breakpoint
CREATE TABLE "jobs" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"payload" jsonb NOT NULL,
	"user_id" uuid,
	"grant_id" uuid,
	"state" text DEFAULT 'waiting' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"progress" jsonb,
	"result" jsonb,
	"failure" text,
	"run_after" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	CONSTRAINT "jobs_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "jobs_state_known" CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled'))
);
--> statement-breakpoint
CREATE TABLE "notifications" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"values" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"href" text,
	"at" timestamp with time zone NOT NULL,
	"read_at" timestamp with time zone,
	CONSTRAINT "notifications_district_id_id_pk" PRIMARY KEY("district_id","id")
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"district_id" uuid NOT NULL,
	"key_hash" text NOT NULL,
	"window_start" timestamp with time zone NOT NULL,
	"count" integer NOT NULL,
	"locked_until" timestamp with time zone,
	CONSTRAINT "rate_limits_district_id_key_hash_pk" PRIMARY KEY("district_id","key_hash")
);
--> statement-breakpoint
CREATE TABLE "reveals" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"teacher_id" uuid,
	"subject" text NOT NULL,
	"by_user" uuid NOT NULL,
	"by_name" text NOT NULL,
	"role" text NOT NULL,
	"reason_kind" text NOT NULL,
	"reason" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "reveals_district_id_id_pk" PRIMARY KEY("district_id","id")
);
--> statement-breakpoint
CREATE TABLE "role_grants" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"role" text NOT NULL,
	"school_id" uuid,
	"flags" text[] DEFAULT '{}' NOT NULL,
	"granted_by" uuid,
	"confirmed_by" uuid,
	"reason" text,
	"during" daterange NOT NULL,
	"valid_from" date GENERATED ALWAYS AS (lower(during)) STORED,
	"valid_to" date GENERATED ALWAYS AS (coalesce(upper(during), 'infinity'::date)) STORED,
	CONSTRAINT "role_grants_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "role_grants_role_known" CHECK (role IN ('bureau_admin', 'bureau_security', 'bureau_auditor', 'bureau_hr', 'bureau_reviewer', 'researcher', 'principal', 'school_hr', 'teacher')),
	CONSTRAINT "role_grants_school_where_needed" CHECK ((role IN ('principal', 'school_hr')) = (school_id IS NOT NULL)),
	CONSTRAINT "role_grants_during_not_empty" CHECK (NOT isempty(during)),
	CONSTRAINT "role_grants_not_to_oneself" CHECK (granted_by IS NULL OR granted_by <> user_id)
);
--> statement-breakpoint
CREATE TABLE "saved_views" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"page" text NOT NULL,
	"name" text NOT NULL,
	"content" jsonb NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "saved_views_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "saved_views_name_once" UNIQUE("district_id","user_id","page","name")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"user_id" uuid NOT NULL,
	"grant_id" uuid,
	"version" integer NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"end_reason" text,
	"address" text,
	"agent" text,
	CONSTRAINT "sessions_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "sessions_token_once" UNIQUE("district_id","token_hash")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"login" text NOT NULL,
	"display_name" text NOT NULL,
	"teacher_id" uuid,
	"disabled_at" timestamp with time zone,
	"session_version" integer DEFAULT 1 NOT NULL,
	"locale" text DEFAULT 'zh-CN' NOT NULL,
	"privacy_accepted_at" timestamp with time zone,
	"welcomed_at" timestamp with time zone,
	"last_sign_in_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "users_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "users_login_once" UNIQUE("district_id","login")
);
--> statement-breakpoint
CREATE TABLE "working_days" (
	"district_id" uuid NOT NULL,
	"year" integer NOT NULL,
	"off" date[] NOT NULL,
	"working" date[] NOT NULL,
	"source" text NOT NULL,
	"changed_by" uuid,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "working_days_district_id_year_pk" PRIMARY KEY("district_id","year")
);
--> statement-breakpoint
CREATE TABLE "annual_assessments" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"teacher_id" uuid NOT NULL,
	"year" integer NOT NULL,
	"result" text NOT NULL,
	"school_id" uuid,
	"checked_by" uuid,
	"batch_id" uuid,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "annual_assessments_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "annual_assessments_once_a_year" UNIQUE("district_id","teacher_id","year"),
	CONSTRAINT "annual_assessments_result_known" CHECK (result IN ('excellent', 'pass', 'basic', 'fail', 'ungraded'))
);
--> statement-breakpoint
CREATE TABLE "appointments" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"teacher_id" uuid NOT NULL,
	"school_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"part_time" boolean DEFAULT false NOT NULL,
	"stage" text,
	"subject" text,
	"periods" integer,
	"is_class_teacher" boolean,
	"during" daterange NOT NULL,
	"valid_from" date GENERATED ALWAYS AS (lower(during)) STORED,
	"valid_to" date GENERATED ALWAYS AS (coalesce(upper(during), 'infinity'::date)) STORED,
	"posting_id" uuid,
	"batch_id" uuid,
	CONSTRAINT "appointments_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "appointments_kind_known" CHECK (kind IN ('establishment', 'service')),
	CONSTRAINT "appointments_during_not_empty" CHECK (NOT isempty(during))
);
--> statement-breakpoint
CREATE TABLE "collection_schools" (
	"district_id" uuid NOT NULL,
	"collection_id" uuid NOT NULL,
	"school_id" uuid NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"changes" integer DEFAULT 0 NOT NULL,
	"checked_by" uuid,
	"checked_at" timestamp with time zone,
	"confirmed_by" uuid,
	"confirmed_by_name" text,
	"confirmed_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "collection_schools_district_id_collection_id_school_id_pk" PRIMARY KEY("district_id","collection_id","school_id"),
	CONSTRAINT "collection_schools_state_known" CHECK (state IN ('open', 'checked', 'confirmed'))
);
--> statement-breakpoint
CREATE TABLE "collections" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"title" text NOT NULL,
	"note" text,
	"columns" text[] NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone,
	CONSTRAINT "collections_district_id_id_pk" PRIMARY KEY("district_id","id")
);
--> statement-breakpoint
CREATE TABLE "correction_requests" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"teacher_id" uuid NOT NULL,
	"school_id" uuid,
	"field" text NOT NULL,
	"current" text NOT NULL,
	"wanted" text NOT NULL,
	"reason" text NOT NULL,
	"state" text DEFAULT 'requested' NOT NULL,
	"requested_by" uuid NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"school_by" uuid,
	"school_at" timestamp with time zone,
	"school_opinion" text,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"decision" text,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "correction_requests_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "correction_requests_state_known" CHECK (state IN ('requested', 'supported', 'accepted', 'refused', 'withdrawn'))
);
--> statement-breakpoint
CREATE TABLE "disciplinary_periods" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"teacher_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date,
	"batch_id" uuid,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "disciplinary_periods_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "disciplinary_periods_kind_known" CHECK (kind IN ('warning', 'demerit', 'demotion', 'dismissal', 'investigation'))
);
--> statement-breakpoint
CREATE TABLE "education_groups" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "education_groups_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "education_groups_name_once" UNIQUE("district_id","name")
);
--> statement-breakpoint
CREATE TABLE "employments" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"teacher_id" uuid NOT NULL,
	"form" text NOT NULL,
	"category" text NOT NULL,
	"post_kind" text,
	"duty" text,
	"status" text NOT NULL,
	"during" daterange NOT NULL,
	"valid_from" date GENERATED ALWAYS AS (lower(during)) STORED,
	"valid_to" date GENERATED ALWAYS AS (coalesce(upper(during), 'infinity'::date)) STORED,
	"batch_id" uuid,
	CONSTRAINT "employments_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "employments_form_known" CHECK (form IN ('in', 'contract', 'agency', 'purchased', 'filed')),
	CONSTRAINT "employments_category_known" CHECK (category IN ('teacher', 'administrative', 'support', 'worker')),
	CONSTRAINT "employments_status_known" CHECK (status IN ('on_post', 'seconded', 'sick', 'maternity', 'study', 'support', 'suspended', 'retired', 'moved_out', 'resigned', 'deceased')),
	CONSTRAINT "employments_during_not_empty" CHECK (NOT isempty(during))
);
--> statement-breakpoint
CREATE TABLE "group_memberships" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"group_id" uuid NOT NULL,
	"school_id" uuid NOT NULL,
	"is_core" boolean DEFAULT false NOT NULL,
	"during" daterange NOT NULL,
	"valid_from" date GENERATED ALWAYS AS (lower(during)) STORED,
	"valid_to" date GENERATED ALWAYS AS (coalesce(upper(during), 'infinity'::date)) STORED,
	CONSTRAINT "group_memberships_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "group_memberships_during_not_empty" CHECK (NOT isempty(during))
);
--> statement-breakpoint
CREATE TABLE "leaves" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"teacher_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"starts_on" date,
	"ends_on" date,
	"child_birth" date,
	"grade" integer,
	"version" integer DEFAULT 1 NOT NULL,
	"batch_id" uuid,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "leaves_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "leaves_kind_known" CHECK (kind IN ('birth', 'maternity', 'pregnancy', 'sick', 'illness', 'disability', 'seconded', 'support', 'study')),
	CONSTRAINT "leaves_order" CHECK (ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on),
	CONSTRAINT "leaves_dated" CHECK (starts_on IS NOT NULL OR child_birth IS NOT NULL)
);
--> statement-breakpoint
CREATE TABLE "principalships" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"teacher_id" uuid NOT NULL,
	"school_id" uuid NOT NULL,
	"duty" text NOT NULL,
	"during" daterange NOT NULL,
	"valid_from" date GENERATED ALWAYS AS (lower(during)) STORED,
	"valid_to" date GENERATED ALWAYS AS (coalesce(upper(during), 'infinity'::date)) STORED,
	"batch_id" uuid,
	CONSTRAINT "principalships_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "principalships_during_not_empty" CHECK (NOT isempty(during))
);
--> statement-breakpoint
CREATE TABLE "school_pairings" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"school_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"classes" integer NOT NULL,
	"during" daterange NOT NULL,
	"valid_from" date GENERATED ALWAYS AS (lower(during)) STORED,
	"valid_to" date GENERATED ALWAYS AS (coalesce(upper(during), 'infinity'::date)) STORED,
	CONSTRAINT "school_pairings_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "school_pairings_two_schools" CHECK (school_id <> partner_id)
);
--> statement-breakpoint
CREATE TABLE "school_years" (
	"district_id" uuid NOT NULL,
	"school_id" uuid NOT NULL,
	"year" integer NOT NULL,
	"pupils_primary" integer DEFAULT 0 NOT NULL,
	"pupils_junior" integer DEFAULT 0 NOT NULL,
	"classes" integer[] NOT NULL,
	"establishment" integer,
	"seats" integer,
	"added_seats" integer,
	"resources_primary" jsonb,
	"resources_junior" jsonb,
	"closed_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "school_years_district_id_school_id_year_pk" PRIMARY KEY("district_id","school_id","year"),
	CONSTRAINT "school_years_nine_grades" CHECK (array_length(classes, 1) = 9),
	CONSTRAINT "school_years_pupils_not_negative" CHECK (pupils_primary >= 0 AND pupils_junior >= 0)
);
--> statement-breakpoint
CREATE TABLE "schools" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"short_name" text,
	"aliases" text[] DEFAULT '{}' NOT NULL,
	"pinyin" text COLLATE "C" NOT NULL,
	"initials" text COLLATE "C" NOT NULL,
	"kind" text NOT NULL,
	"type_code" text,
	"locality_code" text,
	"locality" text NOT NULL,
	"quality" boolean NOT NULL,
	"zone" text,
	"branch_of" uuid,
	"founded_year" integer,
	"x" double precision,
	"y" double precision,
	"one_school_one_plan" boolean DEFAULT false NOT NULL,
	"interactive" boolean DEFAULT false NOT NULL,
	"smart_campus" boolean DEFAULT false NOT NULL,
	"closed_on" date,
	"position" integer DEFAULT 0 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "schools_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "schools_code_once" UNIQUE("district_id","code"),
	CONSTRAINT "schools_name_once" UNIQUE("district_id","name"),
	CONSTRAINT "schools_kind_known" CHECK (kind IN ('kindergarten', 'primary', 'junior', 'nine_year', 'complete_middle', 'senior', 'twelve_year', 'special', 'research')),
	CONSTRAINT "schools_locality_known" CHECK (locality IN ('urban', 'town', 'rural')),
	CONSTRAINT "schools_not_branch_of_itself" CHECK (branch_of IS NULL OR branch_of <> id)
);
--> statement-breakpoint
CREATE TABLE "teacher_access" (
	"district_id" uuid NOT NULL,
	"school_id" uuid NOT NULL,
	"teacher_id" uuid NOT NULL,
	"why" text NOT NULL,
	"source_id" uuid NOT NULL,
	"until" date NOT NULL,
	CONSTRAINT "teacher_access_district_id_school_id_teacher_id_why_source_id_pk" PRIMARY KEY("district_id","school_id","teacher_id","why","source_id")
);
--> statement-breakpoint
CREATE TABLE "teacher_secrets" (
	"district_id" uuid NOT NULL,
	"teacher_id" uuid NOT NULL,
	"id_number" "bytea" NOT NULL,
	"id_hash" "bytea" NOT NULL,
	"id_tail_hash" "bytea" NOT NULL,
	"birth" date NOT NULL,
	"phone" "bytea",
	"certificate_no" "bytea",
	"ethnic" text,
	"native_place" text,
	"political" text,
	"joined_party" date,
	CONSTRAINT "teacher_secrets_district_id_teacher_id_pk" PRIMARY KEY("district_id","teacher_id"),
	CONSTRAINT "teacher_secrets_person_once" UNIQUE("district_id","id_hash")
);
--> statement-breakpoint
CREATE TABLE "teachers" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"staff_no" text NOT NULL,
	"name" text NOT NULL,
	"pinyin" text COLLATE "C" NOT NULL,
	"initials" text COLLATE "C" NOT NULL,
	"sex" text NOT NULL,
	"birth_month" date NOT NULL,
	"joined_work" date NOT NULL,
	"highest_education" text,
	"highest_education_at" text,
	"first_education" text,
	"first_education_at" text,
	"degree" text,
	"putonghua" text,
	"retirement_override" jsonb,
	"bond_until" date,
	"note" text,
	"left_on" date,
	"version" integer DEFAULT 1 NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "teachers_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "teachers_staff_no_once" UNIQUE("district_id","staff_no"),
	CONSTRAINT "teachers_sex_known" CHECK (sex IN ('M', 'F'))
);
--> statement-breakpoint
CREATE TABLE "weak_school_listings" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"school_id" uuid NOT NULL,
	"during" daterange NOT NULL,
	"valid_from" date GENERATED ALWAYS AS (lower(during)) STORED,
	"valid_to" date GENERATED ALWAYS AS (coalesce(upper(during), 'infinity'::date)) STORED,
	CONSTRAINT "weak_school_listings_district_id_id_pk" PRIMARY KEY("district_id","id")
);
--> statement-breakpoint
CREATE TABLE "after_decisions" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"case_id" uuid NOT NULL,
	"document_no" text NOT NULL,
	"reason" text NOT NULL,
	"payload" jsonb NOT NULL,
	"figures" jsonb NOT NULL,
	"asked_by" uuid NOT NULL,
	"answered_by" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "after_decisions_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "after_decisions_kind_known" CHECK (kind IN ('correct', 'defer_report', 'reassign', 'revoke', 'substitute')),
	CONSTRAINT "after_decisions_two_people" CHECK (answered_by <> asked_by)
);
--> statement-breakpoint
CREATE TABLE "case_decisions" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"pass" integer NOT NULL,
	"action" text NOT NULL,
	"part" text NOT NULL,
	"side" text NOT NULL,
	"from_state" text,
	"to_state" text NOT NULL,
	"user_id" uuid,
	"person_id" uuid,
	"by_name" text NOT NULL,
	"role" text NOT NULL,
	"grant_id" uuid,
	"on_behalf_of" uuid,
	"on_behalf_of_person" uuid,
	"at" timestamp with time zone NOT NULL,
	"reason" text,
	"meeting" text,
	"meeting_date" date,
	"minutes_no" text,
	"paper_date" date,
	"paper_file_id" uuid,
	"paper_decider" text,
	"paper_confirmed_by" uuid,
	"paper_confirmed_at" timestamp with time zone,
	"figures" jsonb,
	"snapshot" jsonb,
	CONSTRAINT "case_decisions_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "case_decisions_part_known" CHECK (part IN ('prepare', 'approve', 'check', 'decide', 'note')),
	CONSTRAINT "case_decisions_decider_known" CHECK (role = 'system' OR (user_id IS NOT NULL AND person_id IS NOT NULL))
);
--> statement-breakpoint
CREATE TABLE "decision_batches" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"round_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"is_last" boolean NOT NULL,
	"meeting" text NOT NULL,
	"meeting_date" date NOT NULL,
	"minutes_no" text NOT NULL,
	"figures" jsonb NOT NULL,
	"overrule_reason" text,
	"overrule_confirmed_by" uuid,
	"decided_by" uuid NOT NULL,
	"decided_by_person" uuid NOT NULL,
	"decided_at" timestamp with time zone NOT NULL,
	CONSTRAINT "decision_batches_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "decision_batches_number_once" UNIQUE("district_id","round_id","number"),
	CONSTRAINT "decision_batches_overrule_by_two" CHECK (overrule_confirmed_by IS NULL OR overrule_confirmed_by <> decided_by)
);
--> statement-breakpoint
CREATE TABLE "delegations" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"from_user" uuid NOT NULL,
	"grant_id" uuid NOT NULL,
	"to_user" uuid NOT NULL,
	"reason" text,
	"during" daterange NOT NULL,
	"valid_from" date GENERATED ALWAYS AS (lower(during)) STORED,
	"valid_to" date GENERATED ALWAYS AS (coalesce(upper(during), 'infinity'::date)) STORED,
	"ended_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "delegations_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "delegations_two_people" CHECK (from_user <> to_user),
	CONSTRAINT "delegations_at_most_30_days" CHECK (upper(during) - lower(during) <= 30)
);
--> statement-breakpoint
CREATE TABLE "eligibility_rolls" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"round_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"policy_id" uuid NOT NULL,
	"snapshot_date" date NOT NULL,
	"frozen_at" timestamp with time zone NOT NULL,
	"frozen_by" uuid,
	"counts" jsonb NOT NULL,
	CONSTRAINT "eligibility_rolls_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "eligibility_rolls_version_once" UNIQUE("district_id","round_id","version")
);
--> statement-breakpoint
CREATE TABLE "exemptions" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"teacher_id" uuid NOT NULL,
	"school_id" uuid,
	"rule" text NOT NULL,
	"outcome" text NOT NULL,
	"state" text NOT NULL,
	"reason" text NOT NULL,
	"minutes_no" text,
	"evidence_file_id" uuid,
	"during" daterange NOT NULL,
	"valid_from" date GENERATED ALWAYS AS (lower(during)) STORED,
	"valid_to" date GENERATED ALWAYS AS (coalesce(upper(during), 'infinity'::date)) STORED,
	"asked_by" uuid NOT NULL,
	"asked_by_person" uuid NOT NULL,
	"asked_by_name" text NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"checked_by" uuid,
	"checked_by_person" uuid,
	"checked_by_name" text,
	"checked_at" timestamp with time zone,
	"decided_by" uuid,
	"decided_by_person" uuid,
	"decided_by_name" text,
	"decided_at" timestamp with time zone,
	"decision_reason" text,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "exemptions_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "exemptions_outcome_known" CHECK (outcome IN ('deferred', 'exempt')),
	CONSTRAINT "exemptions_state_known" CHECK (state IN ('asked', 'checked', 'granted', 'refused', 'withdrawn', 'ended')),
	CONSTRAINT "exemptions_ends" CHECK (upper(during) IS NOT NULL),
	CONSTRAINT "exemptions_two_people" CHECK (decided_by_person IS NULL OR (decided_by_person <> asked_by_person AND decided_by_person <> checked_by_person))
);
--> statement-breakpoint
CREATE TABLE "foreign_tables" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"fingerprint" text NOT NULL,
	"mapping" jsonb NOT NULL,
	"changed_by" uuid,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "foreign_tables_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "foreign_tables_once" UNIQUE("district_id","fingerprint")
);
--> statement-breakpoint
CREATE TABLE "notice_entries" (
	"district_id" uuid NOT NULL,
	"notice_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"case_id" uuid NOT NULL,
	"name" text NOT NULL,
	"from_school" text NOT NULL,
	"subject" text NOT NULL,
	"to_school" text NOT NULL,
	"form" text NOT NULL,
	"term" text NOT NULL,
	CONSTRAINT "notice_entries_district_id_notice_id_seq_pk" PRIMARY KEY("district_id","notice_id","seq"),
	CONSTRAINT "notice_entries_case_once" UNIQUE("district_id","notice_id","case_id")
);
--> statement-breakpoint
CREATE TABLE "objection_parties" (
	"district_id" uuid NOT NULL,
	"objection_id" uuid NOT NULL,
	"user_id" uuid,
	"name" "bytea",
	"contact" "bytea",
	"text" "bytea" NOT NULL,
	CONSTRAINT "objection_parties_district_id_objection_id_pk" PRIMARY KEY("district_id","objection_id")
);
--> statement-breakpoint
CREATE TABLE "objections" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"notice_id" uuid NOT NULL,
	"state" text NOT NULL,
	"received_on" date NOT NULL,
	"entered_by" uuid,
	"handler_id" uuid,
	"handler_person" uuid,
	"outcome" text,
	"proposed_at" timestamp with time zone,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "objections_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "objections_state_known" CHECK (state IN ('open', 'upheld', 'dismissed'))
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"round_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"prefix" text NOT NULL,
	"year" integer NOT NULL,
	"serial" integer NOT NULL,
	"state" text NOT NULL,
	"effective_on" date NOT NULL,
	"deferred_to" date,
	"report_by" date NOT NULL,
	"prepared_by" uuid NOT NULL,
	"prepared_by_person" uuid NOT NULL,
	"prepared_at" timestamp with time zone NOT NULL,
	"issued_by" uuid,
	"issued_by_person" uuid,
	"issued_at" timestamp with time zone,
	"applied_at" timestamp with time zone,
	"applied_late" boolean DEFAULT false NOT NULL,
	"cancelled_at" timestamp with time zone,
	"cancel_reason" text,
	"cancel_document_no" text,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "orders_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "orders_number_once" UNIQUE("district_id","prefix","year","serial"),
	CONSTRAINT "orders_kind_known" CHECK (kind IN ('transfer', 'posting', 'cancellation', 'change')),
	CONSTRAINT "orders_state_known" CHECK (state IN ('prepared', 'issued', 'cancelled')),
	CONSTRAINT "orders_two_people" CHECK (issued_by_person IS NULL OR issued_by_person <> prepared_by_person),
	CONSTRAINT "orders_issued_by_somebody" CHECK (state <> 'issued' OR issued_by IS NOT NULL)
);
--> statement-breakpoint
CREATE TABLE "policies" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"year" integer NOT NULL,
	"version" integer NOT NULL,
	"title" text NOT NULL,
	"document_no" text,
	"content" jsonb NOT NULL,
	"state" text NOT NULL,
	"for_round_id" uuid,
	"prepared_by" uuid,
	"prepared_by_person" uuid,
	"prepared_by_name" text NOT NULL,
	"prepared_at" timestamp with time zone NOT NULL,
	"decided_by" uuid,
	"decided_by_person" uuid,
	"decided_by_name" text,
	"decided_at" timestamp with time zone,
	"row_version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "policies_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "policies_version_once" UNIQUE("district_id","year","version"),
	CONSTRAINT "policies_state_known" CHECK (state IN ('draft', 'submitted', 'active', 'superseded', 'refused')),
	CONSTRAINT "policies_two_people" CHECK (decided_by_person IS NULL OR decided_by_person <> prepared_by_person),
	CONSTRAINT "policies_active_numbered" CHECK (state <> 'active' OR document_no IS NOT NULL)
);
--> statement-breakpoint
CREATE TABLE "postings" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"teacher_id" uuid NOT NULL,
	"form" integer NOT NULL,
	"moves_relation" boolean NOT NULL,
	"from_school_id" uuid NOT NULL,
	"to_school_id" uuid NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date,
	"periods_per_week" integer,
	"planned" boolean NOT NULL,
	"case_id" uuid,
	"source" text NOT NULL,
	"note" text,
	"batch_id" uuid,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "postings_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "postings_start_once" UNIQUE("district_id","teacher_id","starts_on"),
	CONSTRAINT "postings_form_known" CHECK (form BETWEEN 1 AND 9),
	CONSTRAINT "postings_two_schools" CHECK (from_school_id <> to_school_id),
	CONSTRAINT "postings_order_of_days" CHECK (ends_on IS NULL OR ends_on >= starts_on)
);
--> statement-breakpoint
CREATE TABLE "public_notices" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"round_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"number" integer NOT NULL,
	"title" text NOT NULL,
	"state" text NOT NULL,
	"days" integer NOT NULL,
	"published_on" date,
	"ends_on" date,
	"phone" text NOT NULL,
	"mail" text NOT NULL,
	"replaces_notice_id" uuid,
	"document_no" text,
	"prepared_by" uuid NOT NULL,
	"prepared_by_person" uuid NOT NULL,
	"published_by" uuid,
	"published_by_person" uuid,
	"prepared_at" timestamp with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "public_notices_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "public_notices_number_once" UNIQUE("district_id","round_id","number"),
	CONSTRAINT "public_notices_state_known" CHECK (state IN ('draft', 'published', 'ended', 'withdrawn')),
	CONSTRAINT "public_notices_two_people" CHECK (published_by_person IS NULL OR published_by_person <> prepared_by_person),
	CONSTRAINT "public_notices_five_or_seven_days" CHECK (days IN (5, 7)),
	CONSTRAINT "public_notices_published_dated" CHECK (state = 'draft' OR (published_on IS NOT NULL AND ends_on IS NOT NULL))
);
--> statement-breakpoint
CREATE TABLE "recusals" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"teacher_id" uuid NOT NULL,
	"relation" text NOT NULL,
	"declared_by" uuid NOT NULL,
	"declared_at" timestamp with time zone NOT NULL,
	"ended_by" uuid,
	"ended_at" timestamp with time zone,
	CONSTRAINT "recusals_district_id_id_pk" PRIMARY KEY("district_id","id")
);
--> statement-breakpoint
CREATE TABLE "roll_changes" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"round_id" uuid NOT NULL,
	"teacher_id" uuid NOT NULL,
	"was" text NOT NULL,
	"now" text NOT NULL,
	"findings" jsonb NOT NULL,
	"found_at" timestamp with time zone NOT NULL,
	"decision" text,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"reason" text,
	CONSTRAINT "roll_changes_district_id_id_pk" PRIMARY KEY("district_id","id")
);
--> statement-breakpoint
CREATE TABLE "roll_entries" (
	"district_id" uuid NOT NULL,
	"roll_id" uuid NOT NULL,
	"teacher_id" uuid NOT NULL,
	"school_id" uuid NOT NULL,
	"stage" text,
	"subject" text,
	"state" text NOT NULL,
	"deciding_rule" text,
	"tenure_months" integer NOT NULL,
	"retirement_category" text,
	"retirement_date" date,
	"is_backbone" boolean NOT NULL,
	"is_principal" boolean NOT NULL,
	"next_change" date,
	"counted" boolean NOT NULL,
	"findings" jsonb NOT NULL,
	CONSTRAINT "roll_entries_district_id_roll_id_teacher_id_pk" PRIMARY KEY("district_id","roll_id","teacher_id")
);
--> statement-breakpoint
CREATE TABLE "rotation_cases" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"number" integer NOT NULL,
	"round_id" uuid NOT NULL,
	"teacher_id" uuid NOT NULL,
	"state" text NOT NULL,
	"form" integer NOT NULL,
	"moves_relation" boolean NOT NULL,
	"from_school_id" uuid NOT NULL,
	"to_school_id" uuid,
	"stage" text,
	"subject" text,
	"starts_on" date NOT NULL,
	"ends_on" date,
	"source" text NOT NULL,
	"is_voluntary" boolean DEFAULT false NOT NULL,
	"is_backbone" boolean DEFAULT false NOT NULL,
	"is_continuing" boolean DEFAULT false NOT NULL,
	"accepts_allocation" boolean DEFAULT false NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"acknowledged_at" timestamp with time zone,
	"prepared_by" uuid,
	"prepared_by_person" uuid,
	"prepared_by_name" text NOT NULL,
	"pass" integer DEFAULT 1 NOT NULL,
	"due_on" date,
	"escalated_at" timestamp with time zone,
	"decision_batch_id" uuid,
	"notice_id" uuid,
	"scenario_id" uuid,
	"replaces_case_id" uuid,
	"reported_on" date,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "rotation_cases_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "rotation_cases_number_once" UNIQUE("district_id","round_id","number"),
	CONSTRAINT "rotation_cases_state_known" CHECK (state IN ('draft', 'submitted', 'origin_approved', 'destination_approved', 'checked', 'decided', 'on_notice', 'objection_open', 'ready', 'ordered', 'reported', 'serving', 'completed', 'transferred', 'terminated', 'rejected', 'withdrawn')),
	CONSTRAINT "rotation_cases_form_known" CHECK (form BETWEEN 1 AND 9),
	CONSTRAINT "rotation_cases_two_schools" CHECK (to_school_id IS NULL OR to_school_id <> from_school_id),
	CONSTRAINT "rotation_cases_destination_known" CHECK (to_school_id IS NOT NULL OR state IN ('draft', 'submitted', 'origin_approved', 'rejected', 'withdrawn')),
	CONSTRAINT "rotation_cases_order_of_days" CHECK (ends_on IS NULL OR ends_on >= starts_on),
	CONSTRAINT "rotation_cases_permanent_or_dated" CHECK (moves_relation OR ends_on IS NOT NULL)
);
--> statement-breakpoint
CREATE TABLE "rotation_rounds" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"year" integer NOT NULL,
	"name" text NOT NULL,
	"kind" text DEFAULT 'regular' NOT NULL,
	"state" text NOT NULL,
	"policy_id" uuid,
	"snapshot_date" date NOT NULL,
	"effective_on" date NOT NULL,
	"apply_until" date,
	"opened_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"created_by" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "rotation_rounds_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "rotation_rounds_name_once" UNIQUE("district_id","year","name"),
	CONSTRAINT "rotation_rounds_state_known" CHECK (state IN ('preparing', 'open', 'closed')),
	CONSTRAINT "rotation_rounds_kind_known" CHECK (kind IN ('regular', 'backfill')),
	CONSTRAINT "rotation_rounds_open_has_policy" CHECK (kind = 'backfill' OR state = 'preparing' OR policy_id IS NOT NULL)
);
--> statement-breakpoint
CREATE TABLE "scenarios" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"round_id" uuid,
	"name" text NOT NULL,
	"state" text NOT NULL,
	"instance" jsonb NOT NULL,
	"instance_sha256" text NOT NULL,
	"members" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"result" jsonb,
	"check" jsonb,
	"progress" jsonb,
	"failure" text,
	"based_on" uuid,
	"created_by" uuid NOT NULL,
	"created_by_name" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"adopted_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "scenarios_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "scenarios_state_known" CHECK (state IN ('draft', 'queued', 'solving', 'solved', 'infeasible', 'failed', 'cancelled', 'adopted'))
);
--> statement-breakpoint
CREATE TABLE "service_assessments" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"teacher_id" uuid NOT NULL,
	"school_id" uuid NOT NULL,
	"year" integer NOT NULL,
	"result" text NOT NULL,
	"comment" text NOT NULL,
	"proposed_by" uuid NOT NULL,
	"proposed_at" timestamp with time zone NOT NULL,
	"checked_by" uuid,
	"checked_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "service_assessments_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "service_assessments_once_a_year" UNIQUE("district_id","case_id","year")
);
--> statement-breakpoint
CREATE TABLE "vacancies" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"round_id" uuid NOT NULL,
	"school_id" uuid NOT NULL,
	"stage" text NOT NULL,
	"subject" text NOT NULL,
	"places" integer NOT NULL,
	"state" text NOT NULL,
	"note" text,
	"version" integer DEFAULT 1 NOT NULL,
	"changed_by" uuid,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "vacancies_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "vacancies_post_once" UNIQUE("district_id","round_id","school_id","stage","subject"),
	CONSTRAINT "vacancies_places_whole" CHECK (places >= 0),
	CONSTRAINT "vacancies_state_known" CHECK (state IN ('suggested', 'published', 'closed'))
);
--> statement-breakpoint
CREATE TABLE "wishes" (
	"district_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"rank" integer NOT NULL,
	"school_id" uuid NOT NULL,
	CONSTRAINT "wishes_district_id_case_id_rank_pk" PRIMARY KEY("district_id","case_id","rank"),
	CONSTRAINT "wishes_school_once" UNIQUE("district_id","case_id","school_id"),
	CONSTRAINT "wishes_at_most_three" CHECK (rank BETWEEN 1 AND 3)
);
--> statement-breakpoint
CREATE TABLE "year_closings" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"round_id" uuid NOT NULL,
	"year" integer NOT NULL,
	"figures" jsonb NOT NULL,
	"people" jsonb NOT NULL,
	"closed_by" uuid NOT NULL,
	"closed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "year_closings_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "year_closings_once" UNIQUE("district_id","round_id")
);
--> statement-breakpoint
CREATE TABLE "certificates" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"teacher_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"subject" text,
	"batch_id" uuid,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "certificates_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "certificates_kind_known" CHECK (kind IN ('kindergarten', 'primary', 'junior', 'senior', 'vocational', 'practice', 'higher'))
);
--> statement-breakpoint
CREATE TABLE "honours" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"teacher_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"level" text NOT NULL,
	"awarded_month" date,
	"valid_until" date,
	"revoked_on" date,
	"revoked_reason" text,
	"checked_by" uuid,
	"batch_id" uuid,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "honours_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "honours_kind_known" CHECK (kind IN ('teaching_expert', 'subject_leader', 'backbone', 'famous', 'special_grade', 'young_star')),
	CONSTRAINT "honours_level_known" CHECK (level IN ('national', 'region', 'city', 'county', 'school'))
);
--> statement-breakpoint
CREATE TABLE "post_grades" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"teacher_id" uuid NOT NULL,
	"grade" integer NOT NULL,
	"during" daterange NOT NULL,
	"valid_from" date GENERATED ALWAYS AS (lower(during)) STORED,
	"valid_to" date GENERATED ALWAYS AS (coalesce(upper(during), 'infinity'::date)) STORED,
	"batch_id" uuid,
	CONSTRAINT "post_grades_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "post_grades_grade_known" CHECK (grade BETWEEN 1 AND 13),
	CONSTRAINT "post_grades_during_not_empty" CHECK (NOT isempty(during))
);
--> statement-breakpoint
CREATE TABLE "titles" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"teacher_id" uuid NOT NULL,
	"title" text NOT NULL,
	"kind" text NOT NULL,
	"during" daterange NOT NULL,
	"valid_from" date GENERATED ALWAYS AS (lower(during)) STORED,
	"valid_to" date GENERATED ALWAYS AS (coalesce(upper(during), 'infinity'::date)) STORED,
	"batch_id" uuid,
	CONSTRAINT "titles_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "titles_title_known" CHECK (title IN ('full_senior', 'senior', 'first', 'second', 'third', 'none')),
	CONSTRAINT "titles_kind_known" CHECK (kind IN ('held', 'appointed')),
	CONSTRAINT "titles_during_not_empty" CHECK (NOT isempty(during))
);
--> statement-breakpoint
CREATE TABLE "candidate_events" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"candidate_id" uuid NOT NULL,
	"from_state" text,
	"to_state" text NOT NULL,
	"on_day" date NOT NULL,
	"reason" text,
	"by_user" uuid,
	"by_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "candidate_events_district_id_id_pk" PRIMARY KEY("district_id","id")
);
--> statement-breakpoint
CREATE TABLE "candidate_scores" (
	"district_id" uuid NOT NULL,
	"candidate_id" uuid NOT NULL,
	"id_number" "bytea",
	"written" integer,
	"interview" integer,
	"rank" integer,
	"medical_passed" text,
	CONSTRAINT "candidate_scores_district_id_candidate_id_pk" PRIMARY KEY("district_id","candidate_id")
);
--> statement-breakpoint
CREATE TABLE "reserve_candidates" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"number" text NOT NULL,
	"name" text NOT NULL,
	"sex" text NOT NULL,
	"year" integer NOT NULL,
	"channel" text NOT NULL,
	"stage" text NOT NULL,
	"subject" text NOT NULL,
	"education" text,
	"graduated_from" text,
	"certificate_kind" text,
	"state" text NOT NULL,
	"pooled_on" date,
	"pool_until" date,
	"left_on" date,
	"left_reason" text,
	"version" integer DEFAULT 1 NOT NULL,
	"batch_id" uuid,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "reserve_candidates_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "reserve_candidates_number_once" UNIQUE("district_id","number"),
	CONSTRAINT "reserve_candidates_channel_known" CHECK (channel IN ('campus', 'experienced', 'talent')),
	CONSTRAINT "reserve_candidates_state_known" CHECK (state IN ('applied', 'screened', 'verified', 'written', 'interviewed', 'medical', 'background', 'notice', 'pooled', 'awaiting', 'assigned', 'hired', 'left')),
	CONSTRAINT "reserve_candidates_pooled_dated" CHECK (state NOT IN ('pooled', 'awaiting', 'assigned', 'hired') OR pooled_on IS NOT NULL)
);
--> statement-breakpoint
CREATE TABLE "reserve_placements" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"candidate_id" uuid NOT NULL,
	"school_id" uuid NOT NULL,
	"basis" text NOT NULL,
	"teacher_id" uuid,
	"during" daterange NOT NULL,
	"valid_from" date GENERATED ALWAYS AS (lower(during)) STORED,
	"valid_to" date GENERATED ALWAYS AS (coalesce(upper(during), 'infinity'::date)) STORED,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "reserve_placements_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "reserve_placements_basis_known" CHECK (basis IN ('establishment', 'labour')),
	CONSTRAINT "reserve_placements_during_not_empty" CHECK (NOT isempty(during))
);
--> statement-breakpoint
CREATE TABLE "studio_memberships" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"studio_id" uuid NOT NULL,
	"teacher_id" uuid NOT NULL,
	"role" text NOT NULL,
	"during" daterange NOT NULL,
	"valid_from" date GENERATED ALWAYS AS (lower(during)) STORED,
	"valid_to" date GENERATED ALWAYS AS (coalesce(upper(during), 'infinity'::date)) STORED,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "studio_memberships_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "studio_memberships_role_known" CHECK (role IN ('host', 'member')),
	CONSTRAINT "studio_memberships_during_not_empty" CHECK (NOT isempty(during))
);
--> statement-breakpoint
CREATE TABLE "studios" (
	"district_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"level" text NOT NULL,
	"kind" text NOT NULL,
	"subject" text,
	"during" daterange NOT NULL,
	"valid_from" date GENERATED ALWAYS AS (lower(during)) STORED,
	"valid_to" date GENERATED ALWAYS AS (coalesce(upper(during), 'infinity'::date)) STORED,
	"version" integer DEFAULT 1 NOT NULL,
	"batch_id" uuid,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "studios_district_id_id_pk" PRIMARY KEY("district_id","id"),
	CONSTRAINT "studios_name_once" UNIQUE("district_id","name"),
	CONSTRAINT "studios_level_known" CHECK (level IN ('national', 'region', 'city', 'county')),
	CONSTRAINT "studios_kind_known" CHECK (kind IN ('principal', 'subject', 'moral')),
	CONSTRAINT "studios_during_not_empty" CHECK (NOT isempty(during))
);
--> statement-breakpoint
ALTER TABLE "audit_chain" ADD CONSTRAINT "audit_chain_of_event" FOREIGN KEY ("district_id","event_id") REFERENCES "public"."audit_events"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_details" ADD CONSTRAINT "audit_details_of_event" FOREIGN KEY ("district_id","event_id") REFERENCES "public"."audit_events"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_of_user" FOREIGN KEY ("district_id","user_id") REFERENCES "public"."users"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "data_keys" ADD CONSTRAINT "data_keys_of_district" FOREIGN KEY ("district_id") REFERENCES "public"."districts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_rows" ADD CONSTRAINT "import_rows_of_batch" FOREIGN KEY ("district_id","batch_id") REFERENCES "public"."import_batches"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_of_user" FOREIGN KEY ("district_id","user_id") REFERENCES "public"."users"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_grants" ADD CONSTRAINT "role_grants_of_user" FOREIGN KEY ("district_id","user_id") REFERENCES "public"."users"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_of_user" FOREIGN KEY ("district_id","user_id") REFERENCES "public"."users"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_of_user" FOREIGN KEY ("district_id","user_id") REFERENCES "public"."users"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_of_district" FOREIGN KEY ("district_id") REFERENCES "public"."districts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "working_days" ADD CONSTRAINT "working_days_of_district" FOREIGN KEY ("district_id") REFERENCES "public"."districts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "annual_assessments" ADD CONSTRAINT "annual_assessments_of_teacher" FOREIGN KEY ("district_id","teacher_id") REFERENCES "public"."teachers"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_of_teacher" FOREIGN KEY ("district_id","teacher_id") REFERENCES "public"."teachers"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_of_school" FOREIGN KEY ("district_id","school_id") REFERENCES "public"."schools"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collection_schools" ADD CONSTRAINT "collection_schools_of_collection" FOREIGN KEY ("district_id","collection_id") REFERENCES "public"."collections"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collection_schools" ADD CONSTRAINT "collection_schools_of_school" FOREIGN KEY ("district_id","school_id") REFERENCES "public"."schools"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "correction_requests" ADD CONSTRAINT "correction_requests_of_teacher" FOREIGN KEY ("district_id","teacher_id") REFERENCES "public"."teachers"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disciplinary_periods" ADD CONSTRAINT "disciplinary_periods_of_teacher" FOREIGN KEY ("district_id","teacher_id") REFERENCES "public"."teachers"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "education_groups" ADD CONSTRAINT "education_groups_of_district" FOREIGN KEY ("district_id") REFERENCES "public"."districts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "employments" ADD CONSTRAINT "employments_of_teacher" FOREIGN KEY ("district_id","teacher_id") REFERENCES "public"."teachers"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_memberships" ADD CONSTRAINT "group_memberships_of_group" FOREIGN KEY ("district_id","group_id") REFERENCES "public"."education_groups"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_memberships" ADD CONSTRAINT "group_memberships_of_school" FOREIGN KEY ("district_id","school_id") REFERENCES "public"."schools"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leaves" ADD CONSTRAINT "leaves_of_teacher" FOREIGN KEY ("district_id","teacher_id") REFERENCES "public"."teachers"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "principalships" ADD CONSTRAINT "principalships_of_teacher" FOREIGN KEY ("district_id","teacher_id") REFERENCES "public"."teachers"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "principalships" ADD CONSTRAINT "principalships_of_school" FOREIGN KEY ("district_id","school_id") REFERENCES "public"."schools"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "school_pairings" ADD CONSTRAINT "school_pairings_of_school" FOREIGN KEY ("district_id","school_id") REFERENCES "public"."schools"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "school_pairings" ADD CONSTRAINT "school_pairings_of_partner" FOREIGN KEY ("district_id","partner_id") REFERENCES "public"."schools"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "school_years" ADD CONSTRAINT "school_years_of_school" FOREIGN KEY ("district_id","school_id") REFERENCES "public"."schools"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schools" ADD CONSTRAINT "schools_of_district" FOREIGN KEY ("district_id") REFERENCES "public"."districts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schools" ADD CONSTRAINT "schools_branch_of_school" FOREIGN KEY ("district_id","branch_of") REFERENCES "public"."schools"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "teacher_secrets" ADD CONSTRAINT "teacher_secrets_of_teacher" FOREIGN KEY ("district_id","teacher_id") REFERENCES "public"."teachers"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "teachers" ADD CONSTRAINT "teachers_of_district" FOREIGN KEY ("district_id") REFERENCES "public"."districts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "weak_school_listings" ADD CONSTRAINT "weak_school_listings_of_school" FOREIGN KEY ("district_id","school_id") REFERENCES "public"."schools"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "after_decisions" ADD CONSTRAINT "after_decisions_of_case" FOREIGN KEY ("district_id","case_id") REFERENCES "public"."rotation_cases"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_decisions" ADD CONSTRAINT "case_decisions_of_case" FOREIGN KEY ("district_id","case_id") REFERENCES "public"."rotation_cases"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_decisions" ADD CONSTRAINT "case_decisions_by_user" FOREIGN KEY ("district_id","user_id") REFERENCES "public"."users"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision_batches" ADD CONSTRAINT "decision_batches_of_round" FOREIGN KEY ("district_id","round_id") REFERENCES "public"."rotation_rounds"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegations" ADD CONSTRAINT "delegations_from_user" FOREIGN KEY ("district_id","from_user") REFERENCES "public"."users"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegations" ADD CONSTRAINT "delegations_to_user" FOREIGN KEY ("district_id","to_user") REFERENCES "public"."users"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "eligibility_rolls" ADD CONSTRAINT "eligibility_rolls_of_round" FOREIGN KEY ("district_id","round_id") REFERENCES "public"."rotation_rounds"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "eligibility_rolls" ADD CONSTRAINT "eligibility_rolls_of_policy" FOREIGN KEY ("district_id","policy_id") REFERENCES "public"."policies"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exemptions" ADD CONSTRAINT "exemptions_of_teacher" FOREIGN KEY ("district_id","teacher_id") REFERENCES "public"."teachers"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_entries" ADD CONSTRAINT "notice_entries_of_notice" FOREIGN KEY ("district_id","notice_id") REFERENCES "public"."public_notices"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_entries" ADD CONSTRAINT "notice_entries_of_case" FOREIGN KEY ("district_id","case_id") REFERENCES "public"."rotation_cases"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "objection_parties" ADD CONSTRAINT "objection_parties_of_objection" FOREIGN KEY ("district_id","objection_id") REFERENCES "public"."objections"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "objections" ADD CONSTRAINT "objections_of_case" FOREIGN KEY ("district_id","case_id") REFERENCES "public"."rotation_cases"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "objections" ADD CONSTRAINT "objections_of_notice" FOREIGN KEY ("district_id","notice_id") REFERENCES "public"."public_notices"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_of_round" FOREIGN KEY ("district_id","round_id") REFERENCES "public"."rotation_rounds"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_of_case" FOREIGN KEY ("district_id","case_id") REFERENCES "public"."rotation_cases"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policies" ADD CONSTRAINT "policies_of_district" FOREIGN KEY ("district_id") REFERENCES "public"."districts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "postings" ADD CONSTRAINT "postings_of_teacher" FOREIGN KEY ("district_id","teacher_id") REFERENCES "public"."teachers"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "postings" ADD CONSTRAINT "postings_from_school" FOREIGN KEY ("district_id","from_school_id") REFERENCES "public"."schools"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "postings" ADD CONSTRAINT "postings_to_school" FOREIGN KEY ("district_id","to_school_id") REFERENCES "public"."schools"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "postings" ADD CONSTRAINT "postings_of_case" FOREIGN KEY ("district_id","case_id") REFERENCES "public"."rotation_cases"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "public_notices" ADD CONSTRAINT "public_notices_of_round" FOREIGN KEY ("district_id","round_id") REFERENCES "public"."rotation_rounds"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recusals" ADD CONSTRAINT "recusals_of_user" FOREIGN KEY ("district_id","user_id") REFERENCES "public"."users"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recusals" ADD CONSTRAINT "recusals_of_teacher" FOREIGN KEY ("district_id","teacher_id") REFERENCES "public"."teachers"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roll_changes" ADD CONSTRAINT "roll_changes_of_round" FOREIGN KEY ("district_id","round_id") REFERENCES "public"."rotation_rounds"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roll_entries" ADD CONSTRAINT "roll_entries_of_roll" FOREIGN KEY ("district_id","roll_id") REFERENCES "public"."eligibility_rolls"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roll_entries" ADD CONSTRAINT "roll_entries_of_teacher" FOREIGN KEY ("district_id","teacher_id") REFERENCES "public"."teachers"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rotation_cases" ADD CONSTRAINT "rotation_cases_of_round" FOREIGN KEY ("district_id","round_id") REFERENCES "public"."rotation_rounds"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rotation_cases" ADD CONSTRAINT "rotation_cases_of_teacher" FOREIGN KEY ("district_id","teacher_id") REFERENCES "public"."teachers"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rotation_cases" ADD CONSTRAINT "rotation_cases_from_school" FOREIGN KEY ("district_id","from_school_id") REFERENCES "public"."schools"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rotation_cases" ADD CONSTRAINT "rotation_cases_to_school" FOREIGN KEY ("district_id","to_school_id") REFERENCES "public"."schools"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rotation_cases" ADD CONSTRAINT "rotation_cases_in_batch" FOREIGN KEY ("district_id","decision_batch_id") REFERENCES "public"."decision_batches"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rotation_cases" ADD CONSTRAINT "rotation_cases_replaces_case" FOREIGN KEY ("district_id","replaces_case_id") REFERENCES "public"."rotation_cases"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rotation_rounds" ADD CONSTRAINT "rotation_rounds_of_policy" FOREIGN KEY ("district_id","policy_id") REFERENCES "public"."policies"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scenarios" ADD CONSTRAINT "scenarios_of_round" FOREIGN KEY ("district_id","round_id") REFERENCES "public"."rotation_rounds"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_assessments" ADD CONSTRAINT "service_assessments_of_case" FOREIGN KEY ("district_id","case_id") REFERENCES "public"."rotation_cases"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vacancies" ADD CONSTRAINT "vacancies_of_round" FOREIGN KEY ("district_id","round_id") REFERENCES "public"."rotation_rounds"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vacancies" ADD CONSTRAINT "vacancies_of_school" FOREIGN KEY ("district_id","school_id") REFERENCES "public"."schools"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wishes" ADD CONSTRAINT "wishes_of_case" FOREIGN KEY ("district_id","case_id") REFERENCES "public"."rotation_cases"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wishes" ADD CONSTRAINT "wishes_for_school" FOREIGN KEY ("district_id","school_id") REFERENCES "public"."schools"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "year_closings" ADD CONSTRAINT "year_closings_of_round" FOREIGN KEY ("district_id","round_id") REFERENCES "public"."rotation_rounds"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificates" ADD CONSTRAINT "certificates_of_teacher" FOREIGN KEY ("district_id","teacher_id") REFERENCES "public"."teachers"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "honours" ADD CONSTRAINT "honours_of_teacher" FOREIGN KEY ("district_id","teacher_id") REFERENCES "public"."teachers"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "post_grades" ADD CONSTRAINT "post_grades_of_teacher" FOREIGN KEY ("district_id","teacher_id") REFERENCES "public"."teachers"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "titles" ADD CONSTRAINT "titles_of_teacher" FOREIGN KEY ("district_id","teacher_id") REFERENCES "public"."teachers"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "candidate_events" ADD CONSTRAINT "candidate_events_of_candidate" FOREIGN KEY ("district_id","candidate_id") REFERENCES "public"."reserve_candidates"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "candidate_scores" ADD CONSTRAINT "candidate_scores_of_candidate" FOREIGN KEY ("district_id","candidate_id") REFERENCES "public"."reserve_candidates"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reserve_candidates" ADD CONSTRAINT "reserve_candidates_of_district" FOREIGN KEY ("district_id") REFERENCES "public"."districts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reserve_placements" ADD CONSTRAINT "reserve_placements_of_candidate" FOREIGN KEY ("district_id","candidate_id") REFERENCES "public"."reserve_candidates"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reserve_placements" ADD CONSTRAINT "reserve_placements_of_school" FOREIGN KEY ("district_id","school_id") REFERENCES "public"."schools"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "studio_memberships" ADD CONSTRAINT "studio_memberships_of_studio" FOREIGN KEY ("district_id","studio_id") REFERENCES "public"."studios"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "studio_memberships" ADD CONSTRAINT "studio_memberships_of_teacher" FOREIGN KEY ("district_id","teacher_id") REFERENCES "public"."teachers"("district_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "studios" ADD CONSTRAINT "studios_of_district" FOREIGN KEY ("district_id") REFERENCES "public"."districts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "approvals2_open" ON "approvals2" USING btree ("district_id","verdict","expires_at");--> statement-breakpoint
CREATE INDEX "audit_events_by_time" ON "audit_events" USING btree ("district_id","at");--> statement-breakpoint
CREATE INDEX "audit_events_by_object" ON "audit_events" USING btree ("district_id","object_id");--> statement-breakpoint
CREATE INDEX "audit_events_by_actor" ON "audit_events" USING btree ("district_id","actor_user_id","at");--> statement-breakpoint
CREATE INDEX "export_log_by_time" ON "export_log" USING btree ("district_id","at");--> statement-breakpoint
CREATE INDEX "field_changes_by_entity" ON "field_changes" USING btree ("district_id","entity","entity_id");--> statement-breakpoint
CREATE INDEX "field_changes_by_teacher" ON "field_changes" USING btree ("district_id","teacher_id");--> statement-breakpoint
CREATE INDEX "field_changes_by_batch" ON "field_changes" USING btree ("district_id","batch_id");--> statement-breakpoint
CREATE INDEX "files_by_owner" ON "files" USING btree ("district_id","owner_id");--> statement-breakpoint
CREATE INDEX "import_batches_by_time" ON "import_batches" USING btree ("district_id","created_at");--> statement-breakpoint
CREATE INDEX "import_rows_by_outcome" ON "import_rows" USING btree ("district_id","batch_id","outcome");--> statement-breakpoint
CREATE INDEX "jobs_due" ON "jobs" USING btree ("district_id","state","run_after");--> statement-breakpoint
CREATE INDEX "notifications_by_user" ON "notifications" USING btree ("district_id","user_id","at");--> statement-breakpoint
CREATE INDEX "reveals_by_teacher" ON "reveals" USING btree ("district_id","teacher_id");--> statement-breakpoint
CREATE INDEX "role_grants_by_user" ON "role_grants" USING btree ("district_id","user_id");--> statement-breakpoint
CREATE INDEX "role_grants_by_school" ON "role_grants" USING btree ("district_id","school_id","role");--> statement-breakpoint
CREATE INDEX "sessions_by_user" ON "sessions" USING btree ("district_id","user_id");--> statement-breakpoint
CREATE INDEX "users_by_person" ON "users" USING btree ("district_id","person_id");--> statement-breakpoint
CREATE INDEX "appointments_by_school" ON "appointments" USING btree ("district_id","school_id","kind");--> statement-breakpoint
CREATE INDEX "appointments_by_teacher" ON "appointments" USING btree ("district_id","teacher_id","kind");--> statement-breakpoint
CREATE INDEX "correction_requests_by_state" ON "correction_requests" USING btree ("district_id","state");--> statement-breakpoint
CREATE INDEX "disciplinary_periods_by_teacher" ON "disciplinary_periods" USING btree ("district_id","teacher_id");--> statement-breakpoint
CREATE INDEX "employments_by_teacher" ON "employments" USING btree ("district_id","teacher_id");--> statement-breakpoint
CREATE INDEX "leaves_by_teacher" ON "leaves" USING btree ("district_id","teacher_id");--> statement-breakpoint
CREATE INDEX "principalships_by_school" ON "principalships" USING btree ("district_id","school_id");--> statement-breakpoint
CREATE INDEX "teacher_access_by_teacher" ON "teacher_access" USING btree ("district_id","teacher_id");--> statement-breakpoint
CREATE INDEX "teacher_secrets_by_tail" ON "teacher_secrets" USING btree ("district_id","id_tail_hash");--> statement-breakpoint
CREATE INDEX "teachers_by_pinyin" ON "teachers" USING btree ("district_id","pinyin");--> statement-breakpoint
CREATE INDEX "teachers_by_initials" ON "teachers" USING btree ("district_id","initials");--> statement-breakpoint
CREATE INDEX "teachers_by_name" ON "teachers" USING btree ("district_id","name");--> statement-breakpoint
CREATE UNIQUE INDEX "case_decisions_three_people" ON "case_decisions" USING btree ("district_id","case_id","pass","person_id") WHERE part IN ('prepare', 'check', 'decide');--> statement-breakpoint
CREATE INDEX "case_decisions_by_case" ON "case_decisions" USING btree ("district_id","case_id");--> statement-breakpoint
CREATE INDEX "case_decisions_by_user" ON "case_decisions" USING btree ("district_id","user_id","at");--> statement-breakpoint
CREATE INDEX "exemptions_by_teacher" ON "exemptions" USING btree ("district_id","teacher_id");--> statement-breakpoint
CREATE UNIQUE INDEX "orders_one_live" ON "orders" USING btree ("district_id","case_id") WHERE state <> 'cancelled';--> statement-breakpoint
CREATE INDEX "orders_due" ON "orders" USING btree ("district_id","state","effective_on");--> statement-breakpoint
CREATE INDEX "postings_by_teacher" ON "postings" USING btree ("district_id","teacher_id");--> statement-breakpoint
CREATE INDEX "recusals_by_user" ON "recusals" USING btree ("district_id","user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "roll_changes_one_open" ON "roll_changes" USING btree ("district_id","round_id","teacher_id") WHERE decision IS NULL;--> statement-breakpoint
CREATE INDEX "roll_entries_by_state" ON "roll_entries" USING btree ("district_id","roll_id","state");--> statement-breakpoint
CREATE INDEX "roll_entries_by_school" ON "roll_entries" USING btree ("district_id","roll_id","school_id");--> statement-breakpoint
CREATE UNIQUE INDEX "rotation_cases_one_live" ON "rotation_cases" USING btree ("district_id","round_id","teacher_id") WHERE state NOT IN ('completed', 'transferred', 'terminated', 'rejected', 'withdrawn');--> statement-breakpoint
CREATE INDEX "rotation_cases_by_round" ON "rotation_cases" USING btree ("district_id","round_id","state");--> statement-breakpoint
CREATE INDEX "rotation_cases_by_teacher" ON "rotation_cases" USING btree ("district_id","teacher_id");--> statement-breakpoint
CREATE INDEX "rotation_cases_by_origin" ON "rotation_cases" USING btree ("district_id","from_school_id");--> statement-breakpoint
CREATE INDEX "rotation_cases_by_destination" ON "rotation_cases" USING btree ("district_id","to_school_id");--> statement-breakpoint
CREATE INDEX "certificates_by_teacher" ON "certificates" USING btree ("district_id","teacher_id");--> statement-breakpoint
CREATE INDEX "honours_by_teacher" ON "honours" USING btree ("district_id","teacher_id");--> statement-breakpoint
CREATE INDEX "post_grades_by_teacher" ON "post_grades" USING btree ("district_id","teacher_id");--> statement-breakpoint
CREATE INDEX "titles_by_teacher" ON "titles" USING btree ("district_id","teacher_id");--> statement-breakpoint
CREATE INDEX "candidate_events_by_candidate" ON "candidate_events" USING btree ("district_id","candidate_id");--> statement-breakpoint
CREATE INDEX "reserve_candidates_by_year" ON "reserve_candidates" USING btree ("district_id","year");--> statement-breakpoint
CREATE INDEX "studio_memberships_by_teacher" ON "studio_memberships" USING btree ("district_id","teacher_id");